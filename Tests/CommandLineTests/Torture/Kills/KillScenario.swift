import Foundation
import Testing

/// Commands that are killed on their way, and what was there before them.
struct KillScenario: Sendable, CustomTestStringConvertible {
  /// A command that is begun again until it succeeds.
  struct Step: Sendable {
    let words: [String]
    var input = "/dev/null"
    /// What the command answers where an attempt that was killed had done everything already.
    var answerWhenDone: String?

    /// Whether an attempt did what the command is for. Lines that cannot be taken do not count against it.
    func isDone(_ result: Victim.Result) -> Bool {
      if result.code == 0 || (result.code == 3 && words[0] == "ingest") { return true }
      return answerWhenDone.map { result.code == 1 && result.errors.contains($0) } ?? false
    }
  }

  let name: String
  /// Commands that nobody kills.
  var before: [[String]] = []
  /// A configuration that is there from then on.
  var configuration: String?
  let steps: [Step]
  /// Files in the shop's folder whose growth makes moments to kill at.
  var watched = ["data/log.mdb"]

  var testDescription: String { name }

  /// The names of the input files.
  static let parts = (1...4).map { "@/\($0)" }

  private static func ingest(_ parts: [String], _ more: String...) -> [[String]] {
    parts.map { ["ingest", $0] + more }
  }

  static let all = taking + folding + copying

  /// The log grows. Blocks are sealed at 1,024 events, or at a megabyte.
  private static let taking = [
    KillScenario(
      name: "ingest FILE", steps: ingest(parts, "--no-project", "--format", "json").map { Step(words: $0) }),
    KillScenario(
      name: "ingest - and its read models",
      steps: parts.map { Step(words: ["ingest", "-", "--format", "json"], input: $0) },
      watched: ["data/log.mdb", "data/projections/1.mdb"]),
    KillScenario(
      name: "large events", before: ingest(["@/1"], "--no-project"),
      steps: [
        Step(words: ["ingest", "@/large", "--no-project", "--format", "json"]),
        Step(words: ["ingest", "@/2", "--no-project"]),
      ]),
    KillScenario(
      name: "ingest --inbox", steps: [Step(words: ["ingest", "--inbox", "@/inbox", "--once", "--format", "json"])],
      watched: ["data/log.mdb", "data/projections/1.mdb"]),
  ]

  /// Read models are made, and changed.
  private static let folding = [
    KillScenario(
      name: "project from nothing", before: ingest(parts, "--no-project"), steps: [Step(words: ["project"])],
      watched: ["data/projections/1.mdb"]),
    KillScenario(
      name: "project what is new", before: ingest([parts[0]]) + ingest(Array(parts[1...]), "--no-project"),
      steps: [Step(words: ["project"])], watched: ["data/projections/1.mdb"]),
    KillScenario(
      name: "project under other rules", before: ingest(parts),
      configuration: "identity:\n  types: [customer_id, email, phone, loyalty_id, marketplace_id, social_id, "
        + "{name: anonymous_id, links_max: 1}]\n",
      steps: [Step(words: ["project"])], watched: ["data/projections/2.mdb"]),
    KillScenario(
      name: "rebuild", before: ingest(parts),
      steps: [Step(words: ["rebuild"]), Step(words: ["rebuild", "products"]), Step(words: ["rebuild", "--compare"])],
      watched: ["data/projections/2.mdb", "data/projections/3.mdb"]),
    KillScenario(
      name: "promote and rollback", before: ingest(parts) + [["rebuild", "--no-promote"]],
      steps: [
        Step(words: ["projection", "promote", "2"], answerWhenDone: "is the live one already"),
        Step(words: ["projection", "rollback"]), Step(words: ["projection", "rollback"]),
        Step(words: ["projection", "drop", "1"], answerWhenDone: "generation 1"),
      ], watched: []),
    KillScenario(
      name: "digest --verify", before: ingest(Array(parts[..<3])) + ingest([parts[3]], "--no-project"),
      steps: [Step(words: ["projection", "digest", "--verify"])],
      watched: ["data/projections/2.mdb", "data/projections/3.mdb"]),
  ]

  /// Copies of a directory.
  private static let copying = [
    KillScenario(
      name: "log backup", before: ingest(parts, "--no-project"), configuration: "time_zone: Asia/Ho_Chi_Minh\n",
      steps: [Step(words: ["log", "backup", "@/target"], answerWhenDone: "has a log already")],
      watched: ["target/log.incomplete"]),
    KillScenario(
      name: "log restore",
      before: ingest(parts, "--no-project", "--data", "@/origin") + [
        ["log", "backup", "@/kept", "--data", "@/origin"]
      ],
      steps: [Step(words: ["log", "restore", "@/kept"], answerWhenDone: "has a log already")],
      watched: ["data/log.incomplete", "data/projections/1.mdb"]),
    KillScenario(
      name: "init",
      steps: [
        Step(words: ["init", "--time-zone", "Asia/Ho_Chi_Minh"], answerWhenDone: "is there already"),
        Step(words: ["ingest", "@/1"]),
      ]),
  ]
}
