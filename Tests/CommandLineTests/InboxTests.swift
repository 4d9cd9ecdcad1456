import Foundation
import Testing

@Suite("An inbox") struct InboxTests {
  /// Drops a file as a program does that is done with it: one that was written to this second would wait.
  private func drop(_ name: String, _ content: String, in shop: Shop, secondsAgo: Double = 60) throws {
    let path = try shop.file(name, content)
    let time = Date(timeIntervalSinceNow: -secondsAgo)
    try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
  }

  private func page(_ id: String) -> String { SampleEvent.page(id) }

  private func files(_ shop: Shop) throws -> [String] {
    try shop.shell("find inbox -type f | sort").successful.lines.map(String.init)
  }

  @Test("Files are taken once each, by the channel of their subfolder, and lie in done or failed afterwards")
  func takesFiles() throws {
    let shop = try Shop()
    try drop("inbox/b.ndjson", page("1") + "{\n" + page("2"), in: shop, secondsAgo: 100)
    try drop("inbox/a.ndjson", page("3"), in: shop, secondsAgo: 90)
    try drop("inbox/segment/x.json", "no body", in: shop)
    try drop(
      "inbox/segment/y.json",
      #"{"type":"page","userId":"u","messageId":"m","timestamp":"2026-03-01T00:00:00Z","properties":{"url":"https://a.vn/"}}"#,
      in: shop)
    _ = try shop.shell(#"printf '\037\213' > inbox/broken.gz; touch -d '1 minute ago' inbox/broken.gz"#).successful
    try drop("inbox/unknown/z.json", "{}", in: shop)
    for name in ["inbox/.c.ndjson", "inbox/d.ndjson.part", "inbox/e.tmp", "inbox/f~"] {
      try drop(name, page(name), in: shop)
    }
    let outcome = try shop.hoso("ingest", "--inbox", "inbox", "--once")
    #expect(outcome.status == 3, "\(outcome.errors)")
    #expect(
      outcome.lines.prefix(2) == [
        "inbox/b.ndjson: 2 accepted, 1 quarantined -> inbox/done/b.ndjson",
        "inbox/a.ndjson: 1 accepted -> inbox/done/a.ndjson",
      ])
    #expect(
      Set(outcome.lines.dropFirst(2)) == [
        "inbox/broken.gz: 0 accepted -> inbox/failed/broken.gz",
        "inbox/segment/x.json: 0 accepted, 1 quarantined -> inbox/failed/segment/x.json",
        "inbox/segment/y.json: 1 accepted -> inbox/done/segment/y.json",
      ])
    #expect(
      try files(shop) == [
        "inbox/.c.ndjson", "inbox/d.ndjson.part", "inbox/done/a.ndjson", "inbox/done/b.ndjson",
        "inbox/done/segment/y.json", "inbox/e.tmp", "inbox/failed/broken.gz", "inbox/failed/segment/x.json",
        "inbox/f~", "inbox/unknown/z.json",
      ])
    #expect(try shop.eventCount == 4)
    let again = try shop.hoso("ingest", "--inbox", "inbox", "--once")
    #expect(again.status == 3 && again.text.isEmpty)
    #expect(
      again.errors == "Files in 'unknown' are left: there is no channel 'unknown'; 'hoso channel list' names them\n")
  }

  @Test("A name that lies in done already gets a number, and nothing is written over")
  func sameName() throws {
    let shop = try Shop()
    for id in ["1", "2", "1"] {
      try drop("inbox/a.ndjson", page(id), in: shop)
      _ = try shop.hoso("ingest", "--inbox", "inbox", "--once").successful
    }
    #expect(try files(shop) == ["inbox/done/a.ndjson", "inbox/done/a.ndjson.1", "inbox/done/a.ndjson.2"])
    #expect(try shop.eventCount == 2)
  }

  @Test("Files that come while it runs are taken, and a signal ends it in order")
  func running() throws {
    let shop = try Shop()
    try drop("inbox/a.ndjson", page("1"), in: shop)
    let run = try shop.start("ingest", "--inbox", "inbox", "--format", "json")
    try waitUntil("the first is there") { try shop.eventCount == 1 }
    try drop("elsewhere", page("2"), in: shop)
    _ = try shop.shell("mv elsewhere inbox/b.ndjson").successful
    try waitUntil("the second is moved") { shop.exists("inbox/done/b.ndjson") }
    run.signal(SIGTERM)
    let outcome = try run.end()
    #expect(outcome.status == 0, "\(outcome.errors)")
    let reports = try outcome.lines.map { try Answer(parsing: $0) }
    #expect(reports.map { $0["file"].text } == ["inbox/a.ndjson", "inbox/b.ndjson"])
    #expect(reports.map { $0["moved_to"].text } == ["inbox/done/a.ndjson", "inbox/done/b.ndjson"])
    #expect(reports.map { $0["accepted"].count } == [1, 1])
    #expect(try shop.json("status")["projections"][0]["lag"].count == 0)
  }

  @Test("However often it crashes, every file is taken once", arguments: UInt64(1)...2)
  func crashes(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let shop = try Shop()
    for number in 0..<40 {
      try drop("inbox/\(number).ndjson", (0..<25).map { page("\(number)-\($0)") }.joined(), in: shop)
    }
    for _ in 0..<5 {
      let run = try shop.start("ingest", "--inbox", "inbox", "--no-project")
      usleep(UInt32.random(in: 20_000...200_000, using: &random))
      run.crash()
      _ = try run.end()
    }
    _ = try shop.hoso("ingest", "--inbox", "inbox", "--once").successful
    #expect(try files(shop).count == 40 && files(shop).allSatisfy { $0.hasPrefix("inbox/done/") }, "seed \(seed)")
    #expect(try shop.eventCount == 1000, "seed \(seed)")
    #expect(try shop.isSound(), "seed \(seed)")
  }
}
