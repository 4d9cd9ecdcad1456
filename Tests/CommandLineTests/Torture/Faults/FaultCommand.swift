import Foundation

/// A command whose calls fail one after the other, and what it does when none fails.
struct FaultCommand {
  let words: [String]
  private let input: String
  /// The shop before the command.
  let before: Shop
  /// Events that had been acknowledged by then.
  let promised: [Substring]
  /// What there is when nothing fails.
  let expected: State
  /// How often it makes each kind of call.
  private let calls: [String: Int]

  /// What a data directory and its backup hold; empty texts for what is not there.
  struct State: Equatable {
    let events, digest, backup: String
  }

  init(_ words: [String], input: String = "", before: Shop) throws {
    (self.words, self.input, self.before) = (words, input, before)
    promised = try before.hoso("log", "export").lines
    let shop = try before.copy()
    let report = shop.folder.appendingPathComponent("report").path
    _ = try Self.run(words, input, on: shop, ["SHIM_REPORT": report]).successful
    let lines = try String(contentsOfFile: report, encoding: .utf8).split(separator: "\n")
    let counts = lines.map { $0.split(separator: " ") }.filter { $0.count == 2 }
    calls = Dictionary(counts.map { (String($0[0]), Int($0[1]) ?? 0) }) { $0 + $1 }
    expected = try Self.state(of: shop)
  }

  /// Every call that can fail, in every way.
  var faults: [Fault] {
    Fault.ways.flatMap { kind, ways in
      ways.flatMap { way in (1...max(1, calls[kind] ?? 0)).map { Fault(kind: kind, way: way, number: $0) } }
    }.filter { calls[$0.kind] != nil }
  }

  /// Runs it. Syncs are not waited for: nobody cuts the power here.
  func run(on shop: Shop, _ variables: [String: String] = [:]) throws -> Outcome {
    try Self.run(words, input, on: shop, variables)
  }

  private static func run(
    _ words: [String], _ input: String, on shop: Shop, _ variables: [String: String]
  ) throws -> Outcome {
    let own = try Shim.environment(root: shop.folder, ["SHIM_NOSYNC": "1"]).merging(variables) { $1 }
    let backup = shop.folder.appendingPathComponent("backup").path
    return try shop.hoso(words.map { $0 == "@backup" ? backup : $0 }, input: Data(input.utf8), environment: own)
  }

  static func state(of shop: Shop) throws -> State {
    let backup = ["HOSO_DATA": shop.folder.appendingPathComponent("backup").path]
    return State(
      events: try shop.hoso("log", "verify", "--format", "json").text,
      digest: try shop.hoso("projection", "digest").text,
      backup: try shop.hoso(["log", "verify", "--format", "json"], environment: backup).text)
  }
}

extension Shop {
  /// Files below the folder whose names say that they are not finished.
  var unfinishedFiles: [String] {
    let found = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return found.filter { $0.contains(".new") || $0.contains("incomplete") || $0.contains("-runs-") }
  }
}
