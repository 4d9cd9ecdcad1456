import Foundation

extension DamageCase {
  /// What the program makes of a damaged log.
  func checkLog() throws {
    try template.restore(shop, DamagedShop.log, damage.content)
    let verified = try shop.ask("log", "verify", "--format", "json")
    let exported = try shop.ask("log", "export")
    try judgeLog(verified, exported)
    guard isThorough || damage.kind == .freeListFlipped else { return }
    try ask()
    try change(isIntact: verified.code == 0)
    try makeReadModels()
  }

  /// Damage is reported, or does not matter. The log as it was some time ago is as good as any.
  private func judgeLog(_ verified: Victim.Result, _ exported: Victim.Result) throws {
    let isWhole = exported.output == template.whole.export
    let isEarlier = damage.mayBeEarlier && exported.output == template.earlier.export
    if record.hasEnded(exported, damage), exported.code == 0, !isWhole, !isEarlier {
      complain("log export gives other events with exit code 0", verified)
    }
    guard record.hasEnded(verified, damage) else { return }
    if verified.code == 0 {
      let digest = try verified.json()["digest"].text
      let wanted = isEarlier ? template.earlier.logDigest : template.whole.logDigest
      if digest != wanted || exported.code != 0 || !(isWhole || isEarlier) {
        complain("log verify finds nothing wrong", verified)
      }
      record.note(isEarlier ? .older : .harmless)
    } else {
      if verified.code == 1, verified.errors.isEmpty { complain("log verify fails without a word", verified) }
      if ![1, 3].contains(verified.code) { complain("log verify has another exit code", verified) }
      record.note(.reported)
    }
  }

  /// Questions end, whatever they say: the read models are whole.
  private func ask() throws {
    let listed = try shop.ask("profile", "list", "--format", "json")
    if record.hasEnded(listed, damage), listed.code == 0, listed.output != template.whole.listings[0] {
      complain("profile list answers otherwise", listed)
    }
    let compared = try shop.ask("projection", "digest", "--verify")
    let isShorter = damage.kind == .fileOlder
    if record.hasEnded(compared, damage), compared.code == 0, isShorter {
      complain("digest --verify finds nothing wrong with read models that are ahead of the log", compared)
    }
  }

  /// More events are taken, and then all others are there too; or they are refused. A log that was said to be intact
  /// stays so: what is free in it is not what is used.
  private func change(isIntact: Bool) throws {
    var isTaken = true
    for file in DamagedShop.more {
      let taken = try shop.ask("ingest", "@/" + file, "--no-project")
      isTaken = isTaken && record.hasEnded(taken, damage) && [0, 3].contains(taken.code)
      if !isTaken, isIntact { complain("a log that was said to be intact takes no more events", taken) }
    }
    let exported = try shop.ask("log", "export")
    guard record.hasEnded(exported, damage) else { return }
    if exported.code == 0, isTaken, !isExtended(exported.output) {
      complain("after more events were taken, export gives other events with exit code 0", exported)
    }
    if exported.code != 0, isIntact { complain("more events destroyed a log that was said to be intact", exported) }
    if exported.code == 0, isTaken { try find() }
  }

  /// What is taken can be asked for.
  private func find() throws {
    try shop.file("one", SampleEvent.page("one more", ids: #"{"email":"one.more@example.vn"}"#, source: "probe"))
    let taken = try shop.ask("ingest", "@/one", "--format", "json")
    guard record.hasEnded(taken, damage), taken.code == 0 else { return }
    let shown = try shop.ask("profile", "show", "one.more@example.vn")
    if record.hasEnded(shown, damage), shown.code != 0 {
      complain("ingest of one more event ends with exit code 0, and nobody is known by it", shown)
    }
  }

  private func isExtended(_ export: Data) -> Bool {
    let before = [template.whole.export] + (damage.mayBeEarlier ? [template.earlier.export] : [])
    return before.contains { export.starts(with: $0) && export.count > $0.count }
  }

  /// Read models that are made of a damaged log are right, or are not made.
  private func makeReadModels() throws {
    try template.restore(shop, DamagedShop.log, damage.content)
    try resetReadModels()
    let projected = try shop.ask("project")
    _ = record.hasEnded(projected, damage)
    let rebuilt = try shop.ask("rebuild", "--format", "json")
    if record.hasEnded(rebuilt, damage), rebuilt.code == 0 {
      let digest = try rebuilt.json()["digest"].text ?? ""
      let isEarlier = damage.mayBeEarlier && template.earlier.projectionDigest.hasPrefix(digest)
      // The digest as the program prints it has a newline behind it.
      if digest.isEmpty || !(isEarlier || template.whole.projectionDigest.hasPrefix(digest)) {
        complain("rebuild makes other read models with exit code 0", rebuilt)
      }
    }
    try resetReadModels()
  }

  private func resetReadModels() throws {
    for name in shop.files(in: "data/projections") { unlink(shop.path(in: "@/data/projections/" + name)) }
    try template.restore(shop, DamagedShop.generation)
    try shop.file("data/projections/current", "1\n\n")
  }
}
