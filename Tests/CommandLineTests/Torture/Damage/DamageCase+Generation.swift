import Foundation

extension DamageCase {
  /// What the program makes of damaged read models.
  func checkGeneration() throws {
    try template.restore(shop, DamagedShop.generation, damage.content)
    let verified = try shop.ask("projection", "digest", "--verify", "--format", "json")
    if record.hasEnded(verified, damage) { try judgeGeneration(verified) }
    if isThorough { try mend() }
    // What verification makes beside it goes with it, be it killed.
    for name in shop.files(in: "data/projections") where name != "1.mdb" && name != "current" {
      unlink(shop.path(in: "@/data/projections/" + name))
    }
    try shop.file("data/projections/current", "1\n\n")
  }

  /// What is said to be right answers every question as before. The file as it was is behind the log, and right.
  private func judgeGeneration(_ verified: Victim.Result) throws {
    guard verified.code == 0 else {
      if verified.code == 1, verified.errors.isEmpty { complain("digest --verify fails without a word", verified) }
      if ![1, 3].contains(verified.code) { complain("digest --verify has another exit code", verified) }
      return record.note(.reported)
    }
    // Read models that are behind the log are right, and say so.
    let status = try shop.ask("status", "--format", "json")
    let isBehind = try status.code == 0 && (status.json()["projections"][0]["lag"].count ?? 0) > 0
    record.note(isBehind ? .older : .harmless)
    let wanted = isBehind ? template.earlier.listings : template.whole.listings
    for (question, answer) in zip(DamagedShop.questions, wanted) {
      let result = try shop.victim(question).result()
      guard record.hasEnded(result, damage) else { continue }
      if result.code != 0 || result.output != answer {
        complain(
          "digest --verify finds nothing wrong, and \(question.joined(separator: " ")) answers otherwise", result)
      }
    }
  }

  /// A rebuild makes good whatever it was.
  private func mend() throws {
    let projected = try shop.ask("project")
    _ = record.hasEnded(projected, damage)
    let rebuilt = try shop.ask("rebuild", "--format", "json")
    guard record.hasEnded(rebuilt, damage) else { return }
    guard rebuilt.code == 0 else { return complain("rebuild does not make it good", rebuilt) }
    if try rebuilt.json()["digest"].text != template.whole.projectionDigest.filter({ $0 != "\n" }) {
      complain("rebuild makes other read models", rebuilt)
    }
  }
}
