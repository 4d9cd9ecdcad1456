import Foundation

/// Looks at what is left of a shop after a power cut, as its owner would: with the program.
struct ImageCheck {
  let recorded: RecordedShop
  let image: DiskImage
  let tally: Tally
  private let shop: Shop
  private let root: URL

  init(_ recorded: RecordedShop, _ image: DiskImage, _ tally: Tally) throws {
    (self.recorded, self.image, self.tally) = (recorded, image, tally)
    shop = try Shop()
    root = shop.folder.appendingPathComponent("disk")
    try image.write(below: root, locksOf: recorded.root)
  }

  /// The runs that had said that they were done, and the one under way.
  private var finished: [RecordedShop.Run] { recorded.runs.filter { $0.acknowledged < image.cut } }
  private var running: RecordedShop.Run? { recorded.runs.first { $0.steps.upperBound > image.cut } }

  func run() throws {
    try checkLog()
    try checkReadModels()
    try checkBackup()
    try checkAfterwards()
  }

  private func hoso(_ words: String..., data: String = "data", input: String = "") throws -> Outcome {
    let more = ["SHIM_NOSYNC": "1", "HOSO_DATA": root.appendingPathComponent(data).path]
    let outcome = try shop.hoso(words, input: Data(input.utf8), environment: try Shim.environment(root: root, more))
    if outcome.status > 3 { fail("\(words) crashed with \(outcome.status): \(outcome.errors)") }
    if outcome.status == 1, outcome.errors.isEmpty, outcome.text.isEmpty { fail("\(words) failed in silence") }
    return outcome
  }

  private func fail(_ what: String) {
    let words = running.map { $0.words.joined(separator: " ") } ?? "nothing"
    tally.fail("\(what)\n  during \(words); \(image)")
  }

  /// The log holds what was acknowledged, and else only what was sent, in its order.
  private func checkLog() throws {
    let promised = finished.map { $0.facts.events }.max() ?? 0
    let sent = running?.facts.events ?? recorded.export.count
    let verified = try hoso("log", "verify")
    guard verified.status == 0 else {
      tally.add(to: "without_log")
      if promised > 0 {
        tally.add(to: "lost")
        fail("\(promised) events were acknowledged: \(verified.errors)")
      }
      return
    }
    let found = try hoso("log", "export").lines
    tally.add(promised, to: "acknowledged")
    if found.count < promised { tally.add(promised - found.count, to: "lost") }
    if found.count < promised { fail("\(found.count) events of \(promised) that were acknowledged") }
    if found.count > sent { fail("\(found.count) events, and \(sent) were sent") }
    if !recorded.export.starts(with: found) { fail("the log holds something else") }
  }

  /// Read models are as of a commit, or it is said that they are not.
  private func checkReadModels() throws {
    let digest = try hoso("projection", "digest")
    _ = try hoso("status")
    guard digest.status != 0 else {
      if !recorded.digests.contains(digest.text) { fail("read models of no commit: \(digest.text)") }
      return
    }
    let promised = finished.contains { $0.facts.digest != nil }
    guard promised, digest.status == 1 else { return }
    tally.add(to: "damage_told")
    tally.add(to: "damage_told_\(image.names)")
  }

  /// A backup is none or a whole one.
  private func checkBackup() throws {
    let path = root.appendingPathComponent("backup/log.mdb").path
    let promised = finished.compactMap { $0.facts.backedUp }.max()
    guard FileManager.default.fileExists(atPath: path) else {
      if let promised { fail("the backup of \(promised) events is gone") }
      return
    }
    tally.add(to: "backups")
    let verified = try hoso("log", "verify", data: "backup")
    guard verified.status == 0 else { return fail("the backup is damaged: \(verified.errors)\(verified.text)") }
    let found = try hoso("log", "export", data: "backup").lines
    if found.count < promised ?? 1 { fail("the backup has \(found.count) events of \(promised ?? 1)") }
    if !recorded.export.starts(with: found) { fail("the backup holds something else") }
  }

  /// The same input again makes the shop what it would have been.
  private func checkAfterwards() throws {
    let again = try hoso("ingest", "-", input: recorded.lines)
    let found = try hoso("log", "export").lines
    if found != recorded.export {
      let (have, want) = (Set(found), Set(recorded.export))
      tally.add(found.count - have.count, to: "twice")
      fail("sent again: \(want.subtracting(have).count) missing, \(found.count - have.count) twice: \(again.errors)")
    }
    if try again.status != 0 || hoso("projection", "digest").text != recorded.runs.last?.facts.digest {
      if again.status == 0 { fail("read models are wrong, and ingest did not say so") }
      let rebuilt = try hoso("rebuild")
      if rebuilt.status != 0 { fail("rebuild: \(rebuilt.errors)") }
      tally.add(to: "rebuilt")
    }
    let digest = try hoso("projection", "digest")
    if digest.text != recorded.runs.last?.facts.digest { fail("other read models: \(digest.text)\(digest.errors)") }
    if image.seed % 3 == 0 { try checkTheRest() }
  }

  private func checkTheRest() throws {
    if try hoso("rfm", "--format", "json").text != recorded.rfm { fail("other scores") }
    let backedUp = try hoso("log", "backup", root.appendingPathComponent("backup").path)
    if backedUp.status != 0 { fail("no backup can be made: \(backedUp.errors)") }
    let rebuilt = try hoso("rebuild")
    if rebuilt.status != 0 { fail("rebuild: \(rebuilt.errors)") }
  }
}
