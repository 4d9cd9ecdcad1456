import EventLog
import Events
import GeneratedEvents
import Intake
import JSON
import Schemas
import Testing

@Suite struct EnvelopeTests {
  /// Where the program is stricter than `schemas/envelope.json`, which cannot know the clock, and texts that no schema
  /// can bound. The reasons say which it is.
  private static let strictness = [
    "lies before 1970", "lies more than a day in the future", "holds a control character", "is longer than", "is empty",
  ]

  private static let base = JSONTree.object([
    .init("id", .string("1")), .init("type", .string("page.viewed")), .init("version", .number("1")),
    .init("time", .string("2026-02-28T12:00:00Z")), .init("source", .string("web")), .init("channel", .string("web")),
    .init("store", .string("HCM-01")), .init("ids", .object([.init("email", .string("an@example.com"))])),
    .init("data", .object([.init("url", .string("/"))])), .init("backfill", .bool(false)),
  ])

  private static let fields = [
    "id", "type", "version", "time", "source", "channel", "store", "ids", "data", "backfill", "surplus", "Id",
    "specversion",
  ]

  private static let envelopeFields = Set(fields.prefix(10).map { "/" + $0 })

  private static let values: [JSONTree] = [
    .null, .bool(true), .array([]), .object([]), .string(""), .string(" "), .string("web"), .string("crm"),
    .string("Web"),
    .string("page.viewed"), .string("page"), .string("Page.viewed"), .string("page..viewed"), .string("a\u{0}b"),
    .string("\u{7F}"), .string("a\nb"), .string(String(repeating: "\u{1EBF}", count: 100)), .string("1.0"),
    .string(String(repeating: "\u{1EBF}", count: 101)), .string(String(repeating: "\u{1F600}", count: 200)),
    .string(String(repeating: "x", count: 201)), .number("0"), .number("1"), .number("1.0"), .number("1.5"),
    .number("-1"),
    .number("2e0"), .number("7000000"), .string("2026-02-28"), .string("2026-02-28T12:00:00"),
    .string("2026-02-28t12:00:00.123456789z"), .string("2026-02-28 12:00:00-00:00"), .string("2026-02-29T12:00:00Z"),
    .string("2026-02-28T24:00:00Z"), .string("2016-12-31T23:59:60Z"), .string("2026-02-28T23:59:60Z"),
    .string("1969-12-31T23:59:59.999999Z"), .string("1970-01-01T00:00:00Z"), .string("2026-03-02T00:00:00Z"),
    .string("2026-03-02T00:00:01Z"), .string("9999-12-31T23:59:59Z"), .string("2026-02-28T12:00:00+0700"),
    .object([.init("email", .null)]), .object([.init("email", .array([]))]),
    .object([.init("customer_id", .number("5"))]),
    .object([.init("shoe_size", .string("43"))]),
  ]

  @Test(
    "The envelope is checked as its schema says, and stricter only in what no schema can say", arguments: UInt64(1)...8)
  func mutations(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<150 {
      var event = Self.base
      for _ in 0..<random.number(1..<4) {
        let field = random.pick(Self.fields)
        event = random.oneIn(4) ? event.removing(field) : event.setting(field, random.pick(Self.values))
      }
      try compare(event.spelled(random.oneIn(2) ? .minified : .any, &random))
    }
  }

  @Test("Every value of every field of the envelope is judged as its schema says")
  func everyValue() throws {
    for field in Self.fields {
      try compare(Self.base.removing(field).minified)
      for value in Self.values { try compare(Self.base.setting(field, value).minified) }
    }
  }

  @Test("The envelopes of all example events are judged as the schema says", arguments: ["valid", "invalid"])
  func examples(kind: String) throws {
    let parser = JSONParser()
    for type in ProjectFiles.types {
      for line in ProjectFiles.lines("\(ProjectFiles.schemas)/\(type)/1.\(kind).ndjson") {
        let root = try parser.parse(line.utf8)
        var writer = JSONWriter()
        writer.value(root["event"] ?? root)
        try compare(writer.text)
      }
    }
  }

  private func compare(_ text: String) throws {
    let parser = JSONParser()
    let root = try parser.parse(text.utf8)
    let violations = SchemaCatalogue.builtIn.envelope.errors(of: root)
    do {
      _ = try Envelope(root, minifiedCount: nil, now: try Instant(rfc3339: IntakeFixture.now))
      let unexplained = violations.filter { !Self.isJudgedLater($0, in: root) }
      #expect(unexplained.isEmpty, "the schema refuses what the program takes: \(text)")
    } catch let problem as EventProblem {
      let isStricter = Self.strictness.contains { problem.reason.contains($0) }
      #expect(!violations.isEmpty || isStricter || root["specversion"] != nil, "\(problem.reason): \(text)")
    }
  }

  /// Names of types are looked up in the catalogue, identifiers are normalised, and a CloudEvents wrapper may hold
  /// attributes of its own.
  private static func isJudgedLater(_ violation: SchemaViolation, in root: JSONValue) -> Bool {
    if root["specversion"]?.string == "1.0", root[String(violation.pointer.dropFirst())] != nil {
      return !envelopeFields.contains(violation.pointer)
    }
    if violation.pointer == "/type", let type = root["type"]?.string {
      return SchemaCatalogue.builtIn.versions(of: type).isEmpty && !EventTypeName.isValid(type)
    }
    return violation.pointer.hasPrefix("/ids/")
  }

  @Test(
    "A problem names the field and says what is wrong with it",
    arguments: [
      ("[1]", "", "an event is a JSON object; this is an array"),
      (base.removing("id").minified, "", "the required field 'id' is missing"),
      (base.setting("source", .number("1")).minified, "/source", "'source' must be a string; this is a number"),
      (base.setting("store", .string("")).minified, "/store", "'store' is empty"),
      (base.setting("id", .string("a\u{7F}")).minified, "/id", "'id' holds a control character"),
      (base.setting("id", .string("a\tb")).minified, "/id", "'id' holds a control character"),
      (base.setting("ids", .string("x")).minified, "/ids", "'ids' must be an object; this is a string"),
      (
        base.setting("backfill", .string("yes")).minified, "/backfill",
        "'backfill' must be true or false; this is a string"
      ),
      (base.setting("version", .number("0")).minified, "/version", "'version' must be a whole number from 1"),
      (base.setting("specversion", .string("0.3")).minified, "/specversion", "only CloudEvents 1.0 is understood"),
      (
        base.setting("specversion", .string("1.0")).setting("data_base64", .string("eA==")).minified, "/data_base64",
        "the data of a CloudEvent must be JSON in 'data'"
      ),
      (
        base.setting("a/b~c", .null).setting("z", .null).minified, "/a~1b~0c",
        "unknown field 'a/b~c' in the envelope (it has id, type, version, time, source, channel, store, ids, data, backfill); put it into data"
      ),
      (
        base.setting("channel", .string("fax")).minified, "/channel",
        "unknown channel 'fax'; channels are web, app, pos, marketplace, social, chat, email, sms, push, phone, support, crm"
      ),
      (
        base.setting("time", .string("2026-03-02T00:00:01Z")).minified, "/time",
        "2026-03-02T00:00:01Z lies more than a day in the future; the clock here says 2026-03-01T00:00:00Z"
      ),
    ])
  func problems(event: String, pointer: String, reason: String) throws {
    let parser = JSONParser()
    let root = try parser.parse(event.utf8)
    let now = try Instant(rfc3339: IntakeFixture.now)
    let problem = #expect(throws: EventProblem.self) { try Envelope(root, minifiedCount: nil, now: now) }
    #expect(problem?.pointer == pointer)
    #expect(problem?.reason == reason)
  }

  @Test(
    "Types, versions and identifiers that are not known are quarantined with what is known",
    arguments: [
      (
        base.setting("type", .string("page.eaten")), Reject.Kind.unknownType, "/type", "unknown event type 'page.eaten'"
      ),
      (
        base.setting("version", .number("7000000")), .unknownType, "/version",
        "'page.viewed' has no version 7000000; known: 1"
      ),
      (
        base.setting("ids", .object([.init("shoe/size", .string("43"))])), .identifiers, "/ids/shoe~1size",
        "unknown identifier type 'shoe/size'; known are customer_id, email"
      ),
      (
        base.setting("ids", .object([.init("email", .bool(true))])), .identifiers, "/ids/email",
        "an identifier is a string or a whole number; this is a boolean"
      ),
      (
        base.removing("ids"), .identifiers, "/ids",
        "nothing says whom this event concerns: no usable identifier in ids, and"
      ),
      (
        base.removing("ids").setting("data", .object([.init("url", .string("/")), .init("a", .number("1"))])),
        .identifiers,
        "/ids", "nothing says whom this event concerns"
      ),
      (base.removing("data"), .schema, "", "the required field 'data' is missing"),
    ])
  func quarantined(event: JSONTree, kind: Reject.Kind, pointer: String, reason: String) throws {
    let fixture = try IntakeFixture()
    try fixture.ingest(event.minified)
    let reject = try #require(try fixture.rejects().first)
    #expect(reject.kind == kind)
    #expect(reject.pointer == pointer)
    #expect(reject.reason.hasPrefix(reason), "\(reject.reason)")
  }
}
