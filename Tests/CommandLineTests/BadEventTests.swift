import Foundation
import Testing

/// One event that must not be taken, and what its reason must say.
struct BadEvent: CustomTestStringConvertible {
  let testDescription: String
  let line: String
  let kind: String
  /// Words of the reason.
  let words: [String]
  var pointer = ""

  init(_ description: String, _ line: String, _ kind: String, _ words: String..., at pointer: String = "") {
    testDescription = description
    self.line = line.hasSuffix("\n") ? line : line + "\n"
    self.kind = kind
    self.words = words
    self.pointer = pointer
  }

  static let all: [BadEvent] = [
    BadEvent("broken JSON", #"{"id":"1","#, "malformed", "not valid JSON"),
    BadEvent(
      "two values on a line", String(SampleEvent.page("1").dropLast()) + SampleEvent.page("2"), "malformed", "follows"),
    BadEvent("no object", "[1]", "envelope", "object", "array"),
    BadEvent("a key twice in data", SampleEvent.order("1", total: #"9,"total":10"#), "malformed", "same key twice"),
    BadEvent("a key twice in the envelope", SampleEvent.page("1", more: #""id":"2","#), "malformed", "same key twice"),
    BadEvent("10,000 levels", SampleEvent.page("1", data: deep), "malformed", "nested deeper"),
    BadEvent(
      "unknown type", SampleEvent.page("1", type: "cup.spilled"), "unknown-type", "cup.spilled", "schema list",
      at: "/type"),
    BadEvent(
      "unknown version", SampleEvent.page("1", more: #""version":2,"#), "unknown-type", "no version 2", at: "/version"),
    BadEvent("version 0", SampleEvent.page("1", more: #""version":0,"#), "envelope", "whole number", at: "/version"),
    BadEvent(
      "unknown envelope field", SampleEvent.page("1", more: #""colour":1,"#), "envelope", "colour", at: "/colour"),
    BadEvent("a number for an id", #"{"id":1}"#, "envelope", "'id' must be a string", at: "/id"),
    BadEvent("no source", #"{"id":"1","type":"page.viewed"}"#, "envelope", "'source' is missing"),
    BadEvent(
      "a day that is not", SampleEvent.page("1", time: "2026-02-30T10:00:00+07:00"), "time", "no day 30", at: "/time"),
    BadEvent("no offset", SampleEvent.page("1", time: "2026-03-01T10:00:00"), "time", "offset", at: "/time"),
    BadEvent("1969", SampleEvent.page("1", time: "1969-12-31T23:59:59Z"), "time", "before 1970", at: "/time"),
    BadEvent("the far future", SampleEvent.page("1", time: "2399-01-01T00:00:00Z"), "time", "future", at: "/time"),
    BadEvent(
      "half a dong", SampleEvent.order("1", total: "10.5"), "schema", "without decimals", "10.5", at: "/data/total"),
    BadEvent(
      "a tenth of a cent", SampleEvent.order("1", total: "1.234", currency: "USD"), "schema", "2 decimals", "1.234",
      at: "/data/total"),
    BadEvent(
      "no such currency", SampleEvent.order("1", total: "1", currency: "ZZZ"), "schema", "ISO 4217",
      at: "/data/currency"),
    BadEvent(
      "too much money", SampleEvent.order("1", total: "99999999999999999999"), "schema", "large", at: "/data/total"),
    BadEvent("a required field is missing", SampleEvent.page("1", data: "{}"), "schema", "url", at: "/data"),
    BadEvent(
      "unknown identifier type", SampleEvent.page("1", ids: #"{"fax":"1"}"#), "identifiers", "fax", "customer_id",
      at: "/ids/fax"),
    BadEvent(
      "control characters alone", SampleEvent.page("1", ids: #"{"customer_id":"a\u0000b"}"#), "identifiers", "whom",
      at: "/ids"),
    BadEvent(
      "blocked values alone", SampleEvent.page("1", ids: #"{"email":"null","phone":"000"}"#), "identifiers",
      "2 dropped", at: "/ids"),
    BadEvent("nobody and nothing", SampleEvent.page("1", ids: "{}"), "identifiers", "whom", at: "/ids"),
    BadEvent(
      "more than 256 KiB",
      SampleEvent.page("1", data: #"{"url":"https://a.vn/"# + String(repeating: "x", count: 300_000) + #""}"#),
      "too-large", "262144"),
  ]

  private static let deep =
    #"{"url":"https://a.vn/","x":"# + String(repeating: "[", count: 10_000) + String(repeating: "]", count: 10_000)
    + "}"
}

@Suite("Events that cannot be taken")
struct BadEventTests {
  @Test(
    "A bad event is quarantined with kind, place and reason; the good one beside it is taken", arguments: BadEvent.all)
  func quarantined(event: BadEvent) throws {
    let shop = try Shop()
    let outcome = try shop.hoso("ingest", "-", "--format", "json", input: event.line + SampleEvent.page("good"))
    #expect(outcome.status == 3)
    let summary = try outcome.json
    #expect(summary["lines"].count == 2 && summary["accepted"].count == 1 && summary["quarantined"].count == 1)
    let reject = try shop.json("rejects", "list")[0]
    #expect(reject["kind"].text == event.kind && reject["line"].count == 1 && reject["pointer"].text == event.pointer)
    let reason = try #require(reject["reason"].text)
    for word in event.words { #expect(reason.contains(word) && outcome.errors.contains(word), "\(reason)") }
    #expect(try shop.hoso("rejects", "show", "1").text == event.line)
    #expect(try shop.isSound())
  }

  @Test("Text that is not UTF-8 is quarantined and given back byte for byte")
  func wrongUTF8() throws {
    let shop = try Shop()
    var bytes = Array(SampleEvent.page("1").utf8)
    bytes[7] = 0xFF
    let file = try shop.file("in.ndjson", Data(bytes))
    let outcome = try shop.hoso("ingest", file)
    #expect(outcome.status == 3 && outcome.errors.contains("not valid UTF-8"))
    #expect(try Array(shop.hoso("rejects", "show", "1").output) == bytes)
    #expect(try shop.isSound())
  }

  @Test("Lines of 10 and of 20 MB are quarantined; those before and after them are taken", arguments: [10, 20])
  func hugeLine(megabytes: Int) throws {
    let shop = try Shop()
    let filler = String(repeating: "x", count: megabytes * 1_000_000)
    let huge = SampleEvent.page("huge", data: #"{"url":"https://a.vn/","t":"\#(filler)"}"#)
    let outcome = try shop.hoso(
      "ingest", "-", "--format", "json", input: SampleEvent.page("1") + huge + SampleEvent.page("2"))
    #expect(outcome.status == 3 && outcome.errors.contains("\(huge.utf8.count - 1) bytes long"))
    #expect(try outcome.json["accepted"].count == 2)
    #expect(try shop.json("rejects", "list")[0]["line"].count == 2)
    let retried = try shop.hoso("rejects", "retry")
    #expect(retried.status == 3 && retried.text.contains("1 still quarantined"))
    #expect(try shop.isSound())
  }

  @Test("An unusable identifier beside a usable one is dropped and counted")
  func droppedIdentifiers() throws {
    let shop = try Shop()
    let ids = #"{"customer_id":"a\u001bb","phone":"0000000","loyalty_id":"N/A","email":"an@example.vn"}"#
    let outcome = try shop.hoso("ingest", "-", "--format", "json", input: SampleEvent.page("1", ids: ids))
    #expect(outcome.status == 0)
    #expect(try outcome.json["dropped_identifiers"].count == 3)
    #expect(try shop.json("profile", "show", "an@example.vn")["ids"].keys == ["email"])
  }
}
