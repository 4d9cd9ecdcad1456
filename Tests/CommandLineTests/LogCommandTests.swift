import Foundation
import Testing

@Suite("The log")
struct LogCommandTests {
  private func shop() throws -> Shop {
    let shop = try Shop()
    let events = [
      SampleEvent.page("1"), SampleEvent.page("2", source: "app"), SampleEvent.order("3", total: "5"),
      SampleEvent.page("4", ids: #"{"phone":"0901 234 567"}"#), SampleEvent.page("5"),
    ]
    try shop.hoso("ingest", "-", input: events.joined())
    return shop
  }

  @Test(
    "Events are read by position, type, source and identifier, alone and together",
    arguments: [
      ([], [1, 2, 3, 4, 5]), (["--from", "4"], [4, 5]), (["--to", "2"], [1, 2]),
      (["--from", "2", "--to", "4"], [2, 3, 4]),
      (["--from", "9"], []), (["--from", "4", "--to", "2"], []), (["--type", "order.placed"], [3]),
      (["--source", "app"], [2]),
      (["--identifier", "phone:+84 901 234 567"], [4]), (["--identifier", "email:AN@example.vn"], [1, 2, 3, 5]),
      (["--type", "page.viewed", "--source", "web", "--from", "2", "--limit", "1"], [4]), (["--limit", "0"], []),
    ] as [([String], [Int])])
  func filters(words: [String], positions: [Int]) throws {
    let shop = try shop()
    let read = try shop.hoso(["log", "read"] + words)
    #expect(read.status == 0)
    let events = try read.lines.map { try Answer(parsing: $0) }
    #expect(events.compactMap { $0["position"].count } == positions)
    #expect(events.allSatisfy { $0["received"].text?.hasSuffix("Z") == true })
    let ids = try shop.hoso(["log", "export"] + words).lines.map { try Answer(parsing: $0)["id"].text }
    #expect(ids == positions.map { "\($0)" })
  }

  @Test(
    "Words that select nothing possible are refused",
    arguments: [
      ["--identifier", "an@example.vn"], ["--identifier", "phone:abc"], ["--identifier", "fax:1"], ["--from", "x"],
      ["--from=-1"],
      ["--limit=-1"],
    ])
  func wrongFilters(words: [String]) throws {
    let outcome = try shop().hoso(["log", "read"] + words)
    #expect(outcome.status == 2 && outcome.output.isEmpty && !outcome.errors.isEmpty)
  }

  @Test("The newest events are shown, filtered in the same way")
  func tail() throws {
    let shop = try shop()
    let newest = try shop.hoso("log", "tail", "-n", "2").lines
    #expect(newest.count == 3 && newest[1].hasPrefix("       4  2026-03-01 10:00  page.viewed"))
    #expect(try shop.hoso("log", "tail").lines.count == 6)
    let orders = try shop.hoso("log", "tail", "--type", "order.placed")
    #expect(orders.status == 0 && orders.lines.count == 2 && orders.text.contains("order.placed"))
    #expect(try shop.hoso("log", "tail", "--source", "app").lines.count == 2)
    #expect(try shop.hoso("log", "tail", "--lines=-1").status == 2)
  }

  @Test("An intact log is verified with its figures")
  func verify() throws {
    let result = try shop().json("log", "verify")
    #expect(result["events"].count == 5 && result["ok"].flag == true && result["blocks"].exists)
    #expect(result["damage"].exists && result["damage"].list.isEmpty)
  }

  @Test("A backup restored into another directory gives the same log, read models and configuration")
  func backup() throws {
    let shop = try shop()
    try shop.hoso("init", "--currency", "VND")
    try shop.hoso("schema", "add", try shop.file("cup.json", QuarantineTests.schema))
    #expect(try shop.hoso("log", "backup", "copy").status == 0)
    #expect(try shop.hoso("log", "restore", "copy", "--data", "restored").status == 0)
    for words in [
      ["log", "export"], ["projection", "digest"], ["schema", "show", "cup.spilled"], ["profile", "list"],
    ] {
      let restored = try shop.hoso(words + ["--data", "restored"])
      #expect(restored.status == 0)
      #expect(try restored.output == shop.hoso(words).output, "\(words)")
    }
    #expect(shop.exists("restored/hoso.yaml"))
    #expect(try shop.hoso("log", "backup", "copy").errors.hasPrefix("Added 0 events: 5 events to copy, digest "))
    try shop.hoso("ingest", "-", input: SampleEvent.page("6"))
    #expect(try shop.hoso("log", "backup", "copy").errors.hasPrefix("Added 1 event: 6 events to copy, digest "))
    #expect(try shop.hoso("log", "export", "--data", "copy").output == shop.hoso("log", "export").output)
    #expect(try shop.hoso("log", "restore", "copy", "--data", "restored").status == 1)
    let missing = try shop.hoso("log", "restore", "missing", "--data", "other")
    #expect(missing.status == 1 && missing.errors.contains("missing") && !shop.exists("other"))
  }

  @Test("What was made of another log does not outlive a restore, and events that come later are seen")
  func restoreOverRemains() throws {
    let shop = try shop()
    _ = try shop.hoso("log", "backup", "copy").successful
    try shop.hoso("ingest", "-", input: (6...9).map { SampleEvent.page("\($0)") }.joined())
    for name in ["log.mdb", "log.mdb-lock"] { unlink(shop.data + "/" + name) }
    #expect(try shop.hoso("log", "restore", "copy").status == 0)
    let later = (20...26).map { SampleEvent.page("\($0)", ids: #"{"email":"later@example.vn"}"#) }
    _ = try shop.hoso("ingest", "-", input: later.joined()).successful
    #expect(try shop.hoso("profile", "show", "later@example.vn").status == 0)
    #expect(try shop.hoso("projection", "digest", "--verify").status == 0)
  }
}
