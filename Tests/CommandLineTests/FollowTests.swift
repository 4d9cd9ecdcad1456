import Foundation
import Testing

@Suite("Following an input") struct FollowTests {
  private static let mapping = """
    channel: hook
    input: json
    time_zone: UTC
    events:
      - {type: page.viewed, id: =id, time: "2026-03-01T10:00:00Z", source: hook, channel: web, ids: {email: =mail}, data: {url: URL}}
    """

  private func pages(_ range: Range<Int>) -> String {
    range.map { SampleEvent.page("\($0)", ids: #"{"email":"an\#($0 % 7)@example.vn"}"#) }.joined()
  }

  @Test("What a growing file gets is in the log and in the read models at once, and a signal ends it in order")
  func growing() throws {
    let shop = try Shop()
    try shop.file("events.ndjson", pages(0..<3))
    let run = try shop.start("ingest", "--follow", "events.ndjson")
    try waitUntil("three events are there") { try shop.eventCount == 3 }
    try shop.append(pages(3..<5) + "{\"id\":\"half", to: "events.ndjson")
    try waitUntil("five events are folded") {
      try shop.hoso("status", "--format", "json").json["projections"][0]["position"].count == 5
    }
    run.signal(SIGINT)
    let outcome = try run.end()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.text.hasPrefix("5 lines read"), "\(outcome.text)")
    #expect(outcome.text.contains("5 accepted, at positions 1 to 5"))
    // The line that was not whole is taken when it is.
    try shop.append("\"}\n", to: "events.ndjson")
    let next = try shop.start("ingest", "--follow", "events.ndjson", "--format", "json")
    try waitUntil("the last line is in the quarantine") {
      try shop.json("status")["quarantined"].count == 1
    }
    next.signal(SIGTERM)
    let second = try next.end()
    #expect(second.status == 3)
    #expect(try second.json["lines"].count == 1)
    #expect(second.errors.contains("events.ndjson:6"), "\(second.errors)")
  }

  @Test("However often it crashes while a file grows, every event is taken once and in order", arguments: UInt64(1)...3)
  func crashes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let shop = try Shop()
    let all = Array(pages(0..<400).utf8)
    var written = 0
    try shop.file("events.ndjson", "")
    for _ in 0..<4 {
      let run = try shop.start("ingest", "--follow", "events.ndjson", "--no-project")
      for _ in 0..<4 {
        let end = min(all.count, written + Int.random(in: 1...12_000, using: &random))
        try shop.append(String(decoding: all[written..<end], as: UTF8.self), to: "events.ndjson")
        written = end
        usleep(UInt32.random(in: 0...150_000, using: &random))
      }
      run.crash()
      _ = try run.end()
    }
    try shop.append(String(decoding: all[written...], as: UTF8.self), to: "events.ndjson")
    let last = try shop.start("ingest", "--follow", "events.ndjson")
    try waitUntil("everything is folded, seed \(seed)") {
      let status = try shop.hoso("status", "--format", "json")
      return try status.status == 0 && status.json["projections"][0]["position"].count == 400
    }
    last.signal(SIGINT)
    #expect(try last.end().status == 0)
    let once = try Shop()
    _ = try once.hoso("ingest", "-", input: pages(0..<400)).successful
    #expect(try shop.logDigest() == once.logDigest(), "seed \(seed)")
    #expect(try shop.projectionDigest() == once.projectionDigest(), "seed \(seed)")
  }

  @Test("A file that is rotated is read to its end, and its successor from the front; one that is cut begins anew")
  func rotation() throws {
    let shop = try Shop()
    let file = try shop.file("events.ndjson", pages(0..<3))
    let run = try shop.start("ingest", "--follow", "events.ndjson")
    try waitUntil("three events are there") { try shop.eventCount == 3 }
    rename(file, file + ".1")
    try shop.append(pages(3..<4), to: "events.ndjson.1")
    try shop.file("events.ndjson", pages(4..<6))
    try waitUntil("six events are there") { try shop.eventCount == 6 }
    truncate(file, 0)
    try waitUntil("the cut was seen") {
      let points = shop.folder.appendingPathComponent("data/following")
      return try FileManager.default.contentsOfDirectory(atPath: points.path).count == 1
    }
    usleep(300_000)
    try shop.append(pages(6..<7), to: "events.ndjson")
    try waitUntil("seven events are there") { try shop.eventCount == 7 }
    run.signal(SIGTERM)
    #expect(try run.end().status == 0)
  }

  @Test("What was appended before a rotation that nobody saw is read from the file's new name")
  func rotatedMeanwhile() throws {
    let shop = try Shop()
    let file = try shop.file("events.ndjson", pages(0..<3))
    let first = try shop.start("ingest", "--follow", "events.ndjson")
    try waitUntil("three events are there") { try shop.eventCount == 3 }
    first.signal(SIGTERM)
    #expect(try first.end().status == 0)
    try shop.append(pages(3..<5), to: "events.ndjson")
    rename(file, file + ".1")
    try shop.file("events.ndjson", pages(5..<6))
    let second = try shop.start("ingest", "--follow", "events.ndjson")
    try waitUntil("six events are there") { try shop.eventCount == 6 }
    second.signal(SIGTERM)
    let outcome = try second.end()
    #expect(outcome.status == 0 && outcome.text.contains("3 accepted, at positions 4 to 6"), "\(outcome.text)")
  }

  @Test("A named pipe outlives its writers, and what came through it last is not lost")
  func pipe() throws {
    let shop = try Shop()
    let path = shop.folder.appendingPathComponent("pipe").path
    #expect(mkfifo(path, 0o600) == 0)
    let run = try shop.start("ingest", "--follow", "pipe")
    try shop.file("first", pages(0..<10))
    try shop.file("second", pages(10..<20) + SampleEvent.page("last").dropLast())
    _ = try shop.shell("cat first > pipe")
    try waitUntil("ten events are there") { try shop.eventCount == 10 }
    _ = try shop.shell("cat second > pipe")
    try waitUntil("twenty events are there") { try shop.eventCount == 20 }
    run.signal(SIGINT)
    let outcome = try run.end()
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try shop.eventCount == 21)
  }

  @Test("SIGHUP loads the mapping again, and one that is wrong leaves the former in force")
  func reload() throws {
    let shop = try Shop()
    let body = { (id: Int) in #"{"id":"\#(id)","mail":"an@example.vn"}"# + "\n" }
    try shop.file("data/channels/hook.yaml", Self.mapping.replacingOccurrences(of: "URL", with: "https://a.vn/"))
    try shop.file("bodies.ndjson", body(1))
    let run = try shop.start("ingest", "--input", "hook", "--follow", "bodies.ndjson")
    try waitUntil("the first is there") { try shop.eventCount == 1 }
    let reloads = { (text: String) in
      run.signal(SIGHUP)
      try waitUntil("'\(text)' is said") {
        String(decoding: try Data(contentsOf: run.streams.errors), as: UTF8.self).contains(text)
      }
    }
    try shop.file("data/channels/hook.yaml", Self.mapping.replacingOccurrences(of: "URL", with: "https://b.vn/"))
    try reloads("The mapping was loaded again.")
    try shop.append(body(2), to: "bodies.ndjson")
    try waitUntil("the second is there") { try shop.eventCount == 2 }
    try shop.file("data/channels/hook.yaml", Self.mapping + "    nonsense: [\n")
    try reloads("the former one stays in force: ")
    try shop.append(body(3), to: "bodies.ndjson")
    try waitUntil("the third is there") { try shop.eventCount == 3 }
    run.signal(SIGTERM)
    #expect(try run.end().status == 0)
    let urls = try shop.hoso("log", "read").successful.lines.map { try Answer(parsing: $0)["data"]["url"].text }
    #expect(urls == ["https://a.vn/", "https://b.vn/", "https://b.vn/"])
  }

  @Test(
    "What cannot be followed is refused with a reason, and nothing is created",
    arguments: [
      (["--follow", "a", "b"], 2, "--follow reads one input"), (["--follow", "--dry-run", "a"], 2, "have an end"),
      (["--follow", "missing"], 1, "missing: cannot be opened"), (["--once"], 2, "--once goes with --inbox"),
      (["--follow", "--inbox", "."], 2, "take one of them"), (["--inbox", "missing"], 1, "is no folder"),
      (["--follow", "--input", "csv", "--map", "rows.yaml", "a"], 2, "rows need their header line"),
    ])
  func refusals(words: [String], status: Int32, reason: String) throws {
    let shop = try Shop()
    try shop.file("a", pages(0..<1))
    try shop.file("rows.yaml", Self.mapping.replacingOccurrences(of: "input: json", with: "input: csv"))
    let outcome = try shop.hoso(["ingest"] + words)
    #expect(outcome.status == status && outcome.errors.contains(reason), "\(outcome.status) \(outcome.errors)")
  }

  @Test("A compressed file is not followed")
  func compressed() throws {
    let shop = try Shop()
    try shop.file("a", pages(0..<1))
    _ = try shop.shell("gzip a").successful
    let outcome = try shop.hoso("ingest", "--follow", "a.gz")
    #expect(outcome.status == 1 && outcome.errors.contains("is compressed"), "\(outcome.errors)")
  }
}
