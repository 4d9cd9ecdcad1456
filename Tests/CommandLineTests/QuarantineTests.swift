import Foundation
import Testing

@Suite("The quarantine")
struct QuarantineTests {
  private static let spilled = SampleEvent.page("c1", type: "cup.spilled", data: #"{"size":3}"#)
  static let schema =
    #"{"$schema":"https://json-schema.org/draft/2020-12/schema","$id":"urn:hoso:schema:cup.spilled:1","title":"A cup was spilled","#
    + #""type":"object","properties":{"size":{"type":"integer"}},"required":["size"]}"#

  /// A shop with one good event, broken JSON, and an event of an unknown type.
  private func shop() throws -> Shop {
    let shop = try Shop()
    let file = try shop.file("in.ndjson", SampleEvent.page("1") + "{\"id\":\n" + Self.spilled)
    try #require(try shop.hoso("ingest", file).status == 3)
    return shop
  }

  @Test("A listing names kind, file, line, place and reason, in every format")
  func list() throws {
    let shop = try shop()
    let rows = try shop.json("rejects", "list").list
    #expect(rows.map { $0["kind"].text } == ["malformed", "unknown-type"] && rows.map { $0["line"].count } == [2, 3])
    #expect(rows.allSatisfy { $0["file"].text?.hasSuffix("in.ndjson") == true })
    #expect(rows[1]["pointer"].text == "/type" && rows[1]["reason"].text?.contains("cup.spilled") == true)
    #expect(try shop.hoso("rejects", "list", "--format", "csv").lines.count == 3)
    #expect(try shop.hoso("rejects", "list").text.contains("cup.spilled"))
    #expect(try shop.json("rejects", "list", "--kind", "unknown-type").list.count == 1)
    #expect(try shop.json("rejects", "list", "--limit", "1").list.count == 1)
    let unknown = try shop.hoso("rejects", "list", "--kind", "nonsense")
    #expect(unknown.status == 2 && unknown.errors.contains("unknown-type"))
  }

  @Test("An empty quarantine says so on standard error")
  func empty() throws {
    let shop = try Shop()
    try shop.hoso("ingest", "-", input: SampleEvent.page("1"))
    let outcome = try shop.hoso("rejects", "list")
    #expect(outcome.status == 0 && outcome.output.isEmpty && outcome.errors.contains("empty"))
    #expect(try shop.json("rejects", "list").list.isEmpty)
  }

  @Test("A document is shown as it was offered, its reason beside it on standard error")
  func show() throws {
    let shop = try shop()
    let outcome = try shop.hoso("rejects", "show", "2")
    #expect(outcome.text == Self.spilled)
    #expect(outcome.errors.contains("unknown-type") && outcome.errors.contains("in.ndjson:3"))
    let missing = try shop.hoso("rejects", "show", "77")
    #expect(missing.status == 1 && missing.errors.contains("77"))
  }

  @Test("An export can be ingested elsewhere, and what is good there is taken")
  func export() throws {
    let (shop, other) = (try shop(), try Shop())
    let export = try shop.hoso("rejects", "export")
    #expect(export.text == "{\"id\":\n" + Self.spilled)
    #expect(try other.hoso("schema", "add", try shop.file("cup.json", Self.schema)).status == 0)
    #expect(try other.hoso(["ingest", "-", "--format", "json"], input: export.output).json["accepted"].count == 1)
  }

  @Test("After the missing type was added a retry takes the event at the next position; the rest stays")
  func retry() throws {
    let shop = try shop()
    let before = try shop.hoso("rejects", "retry")
    #expect(before.status == 3 && before.text.contains("0 accepted") && before.text.contains("2 still quarantined"))
    #expect(try shop.hoso("schema", "add", try shop.file("cup.json", Self.schema)).status == 0)
    let after = try shop.hoso("rejects", "retry")
    #expect(after.status == 3 && after.text.contains("1 accepted") && after.text.contains("1 still quarantined"))
    let newest = try Answer(parsing: try #require(try shop.hoso("log", "read").lines.last))
    #expect(newest["type"].text == "cup.spilled" && newest["position"].count == 2)
    #expect(try shop.json("status")["projections"][0]["lag"].count == 0)
    #expect(try shop.json("rejects", "list").list.map { $0["number"].count } == [1])
    #expect(try shop.isSound())
  }

  @Test("A retry of one number leaves the others, and one of an unknown number is an error")
  func retryOne() throws {
    let shop = try shop()
    try shop.hoso("schema", "add", try shop.file("cup.json", Self.schema))
    #expect(try shop.hoso("rejects", "retry", "1").status == 3)
    #expect(try shop.json("status")["events"].count == 1)
    #expect(try shop.hoso("rejects", "retry", "2").status == 0)
    #expect(try shop.json("status")["events"].count == 2)
    let missing = try shop.hoso("rejects", "retry", "77")
    #expect(missing.status == 1 && missing.errors.contains("77"))
  }

  @Test("Documents are dropped by number or all at once, and never by accident")
  func drop() throws {
    let shop = try shop()
    #expect(try shop.hoso("rejects", "drop").status == 2)
    let missing = try shop.hoso("rejects", "drop", "77")
    #expect(missing.status == 1 && missing.errors.contains("77"))
    #expect(try shop.json("status")["quarantined"].count == 2)
    #expect(try shop.hoso("rejects", "drop", "1").text == "1 dropped\n")
    #expect(try shop.json("rejects", "list").list.map { $0["number"].count } == [2])
    #expect(try shop.hoso("rejects", "drop", "--all").text == "1 dropped\n")
    #expect(try shop.json("status")["quarantined"].count == 0)
  }
}
