import Foundation

/// A shop that was run once, undisturbed, with every change of its disk written down, and what it held after each run.
struct RecordedShop {
  /// One run of the program.
  struct Run {
    let words: [String]
    /// Its steps in the history.
    let steps: Range<Int>
    /// The step in which it said that it was done; its end where it said nothing.
    let acknowledged: Int
    /// What there was behind it.
    let facts: Facts
  }

  /// What the program says of its data.
  struct Facts {
    var events = 0
    /// The digest of the read models; nil as long as there are none.
    var digest: String?
    /// Events of the backup; nil as long as there is none.
    var backedUp: Int?
  }

  let shop: Shop
  let history: DiskHistory
  /// The same, as a disk would do it that forgets to sync files.
  let forgetful: DiskHistory
  let runs: [Run]
  /// The events in the end, a line each.
  let export: [Substring]
  let lines: String
  let rfm: String

  var root: URL { shop.folder.appendingPathComponent("disk") }

  init() throws {
    shop = try Shop()
    let root = shop.folder.appendingPathComponent("disk")
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    let recorder = Recorder(shop: shop, root: root)
    let all = try recorder.script()
    lines = try recorder.lines().joinedLines
    let records = try TraceRecord.all(in: try Data(contentsOf: recorder.trace))
    history = try DiskHistory(records, root: root.path)
    forgetful = try DiskHistory(records, root: root.path, syncsDropped: true)
    runs = Self.runs(all, records)
    export = try recorder.hoso("log", "export").lines
    rfm = try recorder.hoso("rfm", "--format", "json").text
  }

  /// Every digest that read models had at a commit. The first commit is that of no events.
  var digests: Set<String> { Set(runs.compactMap { $0.facts.digest } + [String(repeating: "0", count: 32) + "\n"]) }

  private static func runs(_ done: [(words: [String], bytes: Int, facts: Facts)], _ records: [TraceRecord]) -> [Run] {
    var runs: [Run] = []
    var (start, offset) = (0, 0)
    for run in done {
      var end = start
      while end < records.count, offset < run.bytes {
        offset += 32 + records[end].content.count
        end += 1
      }
      let said = (start..<end).first { records[$0].kind == .output && records[$0].descriptor == 1 }
      runs.append(Run(words: run.words, steps: start..<end, acknowledged: said ?? end, facts: run.facts))
      start = end
    }
    return runs
  }
}

/// Runs the script of a recorded shop.
private struct Recorder {
  let shop: Shop
  let root: URL
  var trace: URL { shop.folder.appendingPathComponent("trace") }
  var data: String { root.appendingPathComponent("data").path }
  var backup: String { root.appendingPathComponent("backup").path }

  func lines() throws -> [String] { try SimulatedEvents.lines(1_900, seed: 7, customers: 250) }

  /// All commands that write, and blocks that are sealed.
  func script() throws -> [(words: [String], bytes: Int, facts: RecordedShop.Facts)] {
    let lines = try self.lines()
    func piece(_ range: Range<Int>) -> Data { Data(lines[range].map { $0 }.joinedLines.utf8) }
    let silent = ["ingest", "-", "--no-project", "--format", "json"]
    return [
      try run(silent, piece(0..<40)), try run(silent, piece(40..<41)), try run(["ingest", "-"], piece(41..<100)),
      try run(silent, piece(100..<140)), try run(["project"]), try run(["log", "backup", backup]),
      try run(["ingest", "-"], piece(140..<1_500)), try run(["rebuild"]), try run(silent, piece(1_500..<1_560)),
      try run(["rebuild", "--no-promote"]), try run(["projection", "promote", "3"]),
      try run(["log", "backup", backup]), try run(["projection", "rollback"]),
      try run(["ingest", "-"], piece(1_560..<1_900)), try run(["rfm"]), try run(["log", "backup", backup]),
      try run(["rebuild"]),
    ]
  }

  func hoso(_ words: String...) throws -> Outcome {
    try shop.hoso(words, environment: ["HOSO_DATA": data]).successful
  }

  private func run(
    _ words: [String], _ input: Data = Data()
  ) throws -> (words: [String], bytes: Int, facts: RecordedShop.Facts) {
    // Syncs are recorded and not waited for.
    let environment = try Shim.environment(
      root: root, ["SHIM_TRACE": trace.path, "SHIM_NOSYNC": "1", "HOSO_DATA": data])
    _ = try shop.hoso(words, input: input, environment: environment).successful
    let size = try Data(contentsOf: trace).count
    return (words, size, try facts())
  }

  private func facts() throws -> RecordedShop.Facts {
    var facts = RecordedShop.Facts()
    facts.events = try hoso("log", "export").lines.count
    let digest = try shop.hoso(["projection", "digest"], environment: ["HOSO_DATA": data])
    if digest.status == 0 { facts.digest = digest.text }
    let copy = try shop.hoso(["log", "export"], environment: ["HOSO_DATA": backup])
    if copy.status == 0 { facts.backedUp = copy.lines.count }
    return facts
  }
}
