import EventLog
import Events
import GeneratedEvents
import Intake
import Schemas
import Testing

@Suite struct CanonicalFormTests {
  private static let start =
    #"{"id":"1","type":"order.paid","time":"2026-02-28T12:00:00Z","source":"web","channel":"web""#

  /// What is sent, and what is stored of it.
  static let examples: [(sent: String, stored: String)] = [
    (
      #"{"backfill":true,"data":{"order_id":7,"amount":"1.50","currency":"USD"},"ids":{"phone":"0901 234 567","email":" An@Example.COM ","customer_id":4711},"store":"HCM-01","channel":"pos","source":"web","time":"2026-02-28T12:00:00+07:00","version":1,"type":"order.paid","id":"1"}"#,
      #"{"id":"1","type":"order.paid","time":"2026-02-28T12:00:00+07:00","source":"web","channel":"pos","store":"HCM-01","ids":{"customer_id":"4711","email":"an@example.com","phone":"+84901234567"},"data":{"order_id":7,"amount":"1.50","currency":"USD"},"backfill":true}"#
    ),
    // Blanks between tokens go, those within strings stay.
    (
      start
        + "\t, \"data\" : { \"order_id\" : \" 7 \" ,\r\"amount\":1,\"currency\":\"VND\",\"list\":[ 1 , { } , [ ] ] } }",
      start + #","data":{"order_id":" 7 ","amount":1,"currency":"VND","list":[1,{},[]]}}"#
    ),
    // Numbers keep their text.
    (
      start
        + #","version":1.0,"backfill":false,"data":{"order_id":1,"currency":"USD","amount":1.50,"a":1E5,"b":-0,"c":12345678901234567890123,"d":1e-999}}"#,
      start
        + #","data":{"order_id":1,"currency":"USD","amount":1.50,"a":1E5,"b":-0,"c":12345678901234567890123,"d":1e-999}}"#
    ),
    // Escapes stay where JSON needs them, in their shortest form, and go elsewhere.
    (
      start
        + #","data":{"order_id":"\u0041","amount":1,"currency":"\u0056ND","a":"\/ \u00e9 \ud83d\ude00 \u007f","\u0062":"\" \\ \u0022 \u005c \u000a \u0009 \u0008 \u000c \u000D \u0001 \u001F"}}"#,
      start
        + ",\"data\":{\"order_id\":\"A\",\"amount\":1,\"currency\":\"VND\",\"a\":\"/ \u{E9} \u{1F600} \u{7F}\",\"b\":\""
        + #"\" \\ \" \\ \n \t \b \f \r \u0001 \u001f"}}"#
    ),
    // Identifiers that are dropped leave no trace where an entity speaks for the event.
    (
      start + #","ids":{"email":"null","anonymous_id":"00-00"},"data":{"amount":1,"currency":"VND","order_id":"7"}}"#,
      start + #","data":{"amount":1,"currency":"VND","order_id":"7"}}"#
    ),
    // A CloudEvents wrapper, whose own attributes are not kept.
    (
      #"{"specversion":"1.0","subject":"x","datacontenttype":"application/json","traceparent":"00-1","id":"1","type":"order.paid","source":"web","time":"2026-02-28T12:00:00Z","channel":"web","data":{"order_id":1,"amount":1,"currency":"VND"}}"#,
      start + #","data":{"order_id":1,"amount":1,"currency":"VND"}}"#
    ),
  ]

  @Test("Events are stored in one form", arguments: examples)
  func golden(sent: String, stored: String) throws {
    let fixture = try IntakeFixture()
    try fixture.ingest(sent)
    #expect(try fixture.documents() == [stored], "\(fixture.reasons)")
  }

  @Test("An event without data is stored without data")
  func withoutData() throws {
    let event =
      #"{"id":"1","type":"lead.captured","time":"2026-02-28T12:00:00Z","source":"web","channel":"web","ids":{"email":"an@example.com"}}"#
    let fixture = try IntakeFixture()
    try fixture.ingest(event)
    #expect(try fixture.documents() == [event], "\(fixture.reasons)")
  }

  @Test("A version other than 1 is stored, in the form that is shortest")
  func versions() throws {
    let schema = { (version: Int) in #"{"$id":"urn:hoso:schema:shop.visited:\#(version)","type":"object"}"# }
    let catalogue = try SchemaCatalogue.builtIn.adding(schema(1), name: "1.json").adding(schema(2), name: "2.json")
    let fixture = try IntakeFixture(catalogue)
    let event = { (id: Int, version: String) in
      #"{"id":"\#(id)","type":"shop.visited",\#(version)"time":"2026-02-28T12:00:00Z","source":"web","channel":"web","ids":{"email":"an@example.com"}}"#
    }
    try fixture.ingest(
      event(1, ""), event(2, #""version":1,"#), event(3, #""version":2,"#), event(4, #""version":2.0,"#))
    #expect(
      try fixture.documents() == [event(1, ""), event(2, ""), event(3, #""version":2,"#), event(4, #""version":2,"#)])
  }

  @Test(
    "A document that is minified and one with blanks and needless escapes are stored as the same bytes",
    arguments: UInt64(1)...8)
  func spellings(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let minified = try IntakeFixture()
    let loose = try IntakeFixture()
    let events = (0..<60).map { randomEvent($0, &random) }
    let sent = events.map { $0.minified }
    try minified.ingest(lines: sent)
    try loose.ingest(lines: events.map { $0.spelled(.loose, &random) })
    let stored = try minified.documents()
    #expect(stored.count == events.count, "\(minified.reasons)")
    #expect(try loose.documents() == stored, "\(loose.reasons)")
  }

  @Test("What is exported gives the same log when it is ingested into an empty one", arguments: UInt64(21)...26)
  func exports(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let first = try IntakeFixture()
    let second = try IntakeFixture()
    try first.ingest(lines: (0..<60).map { randomEvent($0, &random).spelled(.any, &random) })
    let exported = try first.documents()
    let summary = try second.ingest(lines: exported)
    #expect(try second.documents() == exported)
    #expect(try second.log.digest() == first.log.digest())
    #expect(summary.droppedIdentifiers == 0)
  }

  /// Fields in any order, so that `data` stands first, last and between others.
  private func randomEvent(_ number: Int, _ random: inout SeededGenerator) -> JSONTree {
    var members: [JSONTree.Member] = [
      .init("id", .string("e\(number)")), .init("type", .string("page.viewed")), .init("channel", .string("web")),
      .init("time", .string("2026-02-28T12:00:00Z")), .init("source", .string("w\u{1EBF}b")),
      .init("ids", ids(&random)),
      .init("data", JSONTree.object(depth: 3, &random).setting("url", .string("/"))),
    ]
    if random.oneIn(2) { members.append(.init("backfill", .bool(random.oneIn(2)))) }
    if random.oneIn(2) { members.append(.init("store", .string("HCM \"1\""))) }
    return .object(members.shuffled(using: &random))
  }

  private func ids(_ random: inout SeededGenerator) -> JSONTree {
    let all: [(String, [JSONTree])] = [
      ("customer_id", [.number("17"), .string(" KH-1 ")]), ("email", [.string("B\u{1EA2}O@x.vn"), .string("a@b@c")]),
      ("phone", [.string("84 901-234-567"), .string("12")]), ("anonymous_id", [.string("d"), .string("guest")]),
    ]
    let chosen = all.shuffled(using: &random).prefix(random.number(1..<5)).map { JSONTree.Member($0, random.pick($1)) }
    return .object(chosen + [.init("social_id", .string("i\u{301}"))])
  }
}
