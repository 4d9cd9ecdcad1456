import EventLog
import Events
import Intake
import Mappings
import Schemas
import Testing

@Suite struct RetryTests {
  private static let schema = #"{"$id":"urn:hoso:schema:shop.visited:1","type":"object","required":["door"]}"#

  private func visit(_ id: String, _ data: String) -> String {
    #"{"id":"\#(id)","type":"shop.visited","time":"2026-02-28T12:00:00Z","source":"web","channel":"pos","ids":{"email":"an@example.com"},"data":\#(data)}"#
  }

  private let accepted = Ingest.RetryOutcome(accepted: 1)
  private let duplicate = Ingest.RetryOutcome(duplicates: 1)

  /// Offers the quarantined documents again and returns what became of each.
  private func retry(_ fixture: IntakeFixture) throws -> [Ingest.RetryOutcome] {
    var numbers: [(UInt64, Reject)] = []
    try fixture.log.forEachReject {
      numbers.append(($0, $1))
      return true
    }
    return try numbers.map { try fixture.ingest().retry($1, number: $0, mapping: nil, in: fixture.log) }
  }

  @Test("What can be accepted by now enters the log and leaves the quarantine, and the rest stays as it was")
  func retries() throws {
    let fixture = try IntakeFixture()
    let good = visit("1", #"{"door":1}"#)
    try fixture.ingest(good, " " + good, visit("1", #"{"door":2}"#), visit("2", "{}"), "{")
    #expect(try fixture.rejects().map(\.kind) == [.unknownType, .unknownType, .unknownType, .unknownType, .malformed])
    let before = try fixture.rejects()
    fixture.rules.catalogue = try SchemaCatalogue.builtIn.adding(Self.schema, name: "visit.json")
    #expect(
      try retry(fixture).map { $0.reason == nil ? "\($0.accepted) \($0.duplicates)" : "stays" } == [
        "1 0", "0 1", "stays", "stays", "stays",
      ])
    #expect(try fixture.documents() == [good])
    #expect(try fixture.rejects() == Array(before[2...]))
    // What was accepted is found as a duplicate from now on.
    #expect(try fixture.ingest(good).duplicates == 1)
  }

  @Test("A retried event keeps the time at which it was first offered")
  func receivedTime() throws {
    let fixture = try IntakeFixture()
    try fixture.ingest(visit("1", #"{"door":1}"#))
    fixture.rules.catalogue = try SchemaCatalogue.builtIn.adding(Self.schema, name: "visit.json")
    let later = try Instant(rfc3339: "2026-04-01T00:00:00Z")
    fixture.rules.now = { later }
    #expect(try retry(fixture) == [accepted])
    var received: [Instant] = []
    try LogReader(fixture.log).forEach(from: 1) { received.append($0.received) }
    #expect(received == [try Instant(rfc3339: IntakeFixture.now)])
  }

  @Test("Rows are taken after their mapping was mended, with their line and with the time of the first offer")
  func rows() throws {
    let yaml = """
      channel: till
      input: csv
      time_zone: Asia/Ho_Chi_Minh
      events:
        - {type: lead.captured, id: "=concat(id, '-', line())", time: =DATE, source: till, channel: pos, ids: {email: =email}}
      """
    let wrong = try Mapping(
      yaml: yaml.replacing("=DATE", with: "\"=date(day, 'dd/MM/yyyy')\""), file: "till.yaml", shop: IntakeFixture.shop()
    )
    let right = try Mapping(
      yaml: yaml.replacing("=DATE", with: "=iso_date(day)"), file: "till.yaml", shop: IntakeFixture.shop())
    let fixture = try IntakeFixture()
    let path = try fixture.file(
      Array("id,email,day\na,an@example.com,2026-02-01\nb,bo@example.com,\"2026-02-02\"\n".utf8))
    #expect(try fixture.ingest().run([path], mapping: wrong, into: fixture.log).quarantined == 2)
    let later = try Instant(rfc3339: "2026-04-01T00:00:00Z")
    fixture.rules.now = { later }
    for number in [UInt64(1), 2] {
      let reject = try #require(try fixture.log.reject(number))
      #expect(
        try fixture.ingest().retry(reject, number: number, mapping: wrong, in: fixture.log).reason?.contains("time: ")
          == true)
      #expect(try fixture.ingest().retry(reject, number: number, mapping: right, in: fixture.log) == accepted)
    }
    #expect(try fixture.rejects().isEmpty)
    #expect(try fixture.documents().map { $0.contains(#""id":"a-2""#) || $0.contains(#""id":"b-3""#) } == [true, true])
    var received: [Instant] = []
    try LogReader(fixture.log).forEach(from: 1) { received.append($0.received) }
    #expect(try received == Array(repeating: Instant(rfc3339: IntakeFixture.now), count: 2))
  }

  @Test("A body that looks like an event is what its mapping says and nothing else")
  func disguised() throws {
    let mapping = try Mapping(
      yaml: """
        channel: hook
        input: json
        time_zone: UTC
        events:
          - {type: page.viewed, id: =id, time: =time, source: hook, channel: web, ids: {email: =email}}
        """, file: "hook.yaml", shop: IntakeFixture.shop())
    let fixture = try IntakeFixture()
    let path = try fixture.file(Array(pageView("1").utf8))
    #expect(try fixture.ingest().run([path], mapping: mapping, into: fixture.log).quarantined == 1)
    let reject = try #require(try fixture.rejects().first)
    #expect(reject.kind == .schema)
    for mapping in [mapping, nil] {
      #expect(try fixture.ingest().retry(reject, number: 1, mapping: mapping, in: fixture.log).reason != nil)
    }
    #expect(try fixture.log.info().last == 0)
  }

  @Test("What is no event but the source of one is not taken for an event")
  func foreignDocuments() throws {
    let fixture = try IntakeFixture()
    let event = pageView("1")
    // The row is malformed: it has a column too many. Its quoted cell is a line that reads as an event.
    let quotedEvent = event.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"")
    let path = try fixture.file(Array("id,email\n1,\"\n\(event)\n\",3\n2,\"\(quotedEvent)\",3\n".utf8))
    let summary = try fixture.ingest().run([path], mapping: try MappedInputTests.mapping(), into: fixture.log)
    #expect(summary.accepted == 0)
    #expect(try fixture.rejects().allSatisfy { $0.kind == .malformed })
    #expect(try retry(fixture).allSatisfy { $0.reason != nil && $0.accepted == 0 })
    #expect(try fixture.log.info().last == 0)
  }

  @Test("What was cut is not taken, even where the rest is an event")
  func truncated() throws {
    let fixture = try IntakeFixture()
    let reject = Reject(
      kind: .tooLarge, reason: "", file: "f", line: 1, received: fixture.rules.now(), input: "ndjson",
      original: Array(pageView("1").utf8), isTruncated: true)
    #expect(try fixture.ingest().retry(reject, number: 1, mapping: nil, in: fixture.log).reason != nil)
    #expect(try fixture.log.info().last == 0)
  }

  @Test("Dropping deletes the documents of the given numbers and says how many there were")
  func drops() throws {
    let fixture = try IntakeFixture()
    try fixture.ingest("{", "[", "nothing")
    #expect(try fixture.ingest().drop([2, 9, 3, 2], from: fixture.log) == 2)
    #expect(try fixture.rejects().map { String(decoding: $0.original, as: UTF8.self) } == ["{"])
  }
}
