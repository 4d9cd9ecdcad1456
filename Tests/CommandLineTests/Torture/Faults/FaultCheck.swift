import Foundation

/// Lets one call fail, and looks at what the program says and leaves.
struct FaultCheck {
  let command: FaultCommand
  let fault: Fault
  let tally: Tally

  func run() throws {
    let shop = try command.before.copy()
    let report = shop.folder.appendingPathComponent("report").path
    let outcome = try command.run(on: shop, ["SHIM_FAULT": fault.variable, "SHIM_REPORT": report])
    guard try String(contentsOfFile: report, encoding: .utf8).contains("HIT") || outcome.status > 3 else {
      return tally.add(to: "not_reached")
    }
    tally.add(to: "faults")
    try checkEnd(outcome, shop)
    try checkPromised(shop)
    try checkNextRun(shop)
  }

  private func fail(_ what: String) { tally.fail("\(command.words.joined(separator: " ")), \(fault): \(what)") }

  /// It did all of it, or said in a line what was wrong.
  private func checkEnd(_ outcome: Outcome, _ shop: Shop) throws {
    switch outcome.status {
    case 0:
      tally.add(to: "no_matter")
      if fault.kind == "sync" { fail("claims success: \(outcome.text)\(outcome.errors)") }
      let state = try FaultCommand.state(of: shop)
      if state != command.expected { fail("claims success and is not done: \(state)") }
    case 1:
      tally.add(to: "told")
      checkText(outcome.errors)
    default: fail("ended with \(outcome.status): \(outcome.errors)")
    }
  }

  /// One line that gives the system's reason.
  private func checkText(_ text: String) {
    let lines = text.split(separator: "\n")
    if lines.count != 1 { fail("says \(lines.count) lines: \(text)") }
    if ["Success", "Fatal", "error 0"].contains(where: { text.contains($0) }) { fail("misleads: \(text)") }
    guard case .error(let number) = fault.way else { return }
    let reasons: [Int32: [String]] = [
      ENOSPC: ["no space left"], ENOMEM: ["refused memory"], EACCES: ["denies access"], EDQUOT: ["no space left"],
    ]
    let known = (reasons[number] ?? []) + [String(cString: strerror(number))]
    if !known.contains(where: { text.contains($0) }) { fail("gives no reason: \(text)") }
    if fault.isHarmless { fail("gives up though nothing is wrong: \(text)") }
  }

  /// What had been acknowledged before is there.
  private func checkPromised(_ shop: Shop) throws {
    guard !command.promised.isEmpty else { return }
    let verified = try shop.hoso("log", "verify")
    if verified.status != 0 { fail("the log is damaged: \(verified.errors)") }
    let found = try shop.hoso("log", "export").lines
    tally.add(command.promised.count, to: "acknowledged")
    guard !found.starts(with: command.promised) else { return }
    tally.add(max(1, command.promised.count - found.count), to: "lost")
    fail("events are lost")
  }

  /// The same command again, undisturbed, does it.
  private func checkNextRun(_ shop: Shop) throws {
    let again = try command.run(on: shop)
    if again.status != 0 { fail("and then not either: \(again.errors)") }
    let state = try FaultCommand.state(of: shop)
    if state != command.expected { fail("and then it is something else: \(state)") }
    let left = shop.unfinishedFiles
    // What could not be deleted stays.
    if !left.isEmpty, fault.kind != "unlink" { fail("left behind for ever: \(left)") }
  }
}
