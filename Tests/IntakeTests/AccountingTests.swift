import EventLog
import Events
import GeneratedEvents
import Intake
import Testing

@Suite struct AccountingTests {
  @Test("Every line that is not blank is accounted for once, as what it is", arguments: UInt64(1)...12)
  func mixtures(seed: UInt64) throws {
    var mixture = LineMixture(seed: seed, count: 300)
    let fixture = try IntakeFixture()
    let summary = try fixture.ingest(bytes: mixture.bytes(0..<mixture.lines.count))
    #expect(Figures(summary) == mixture.expected)
    #expect(summary.lines == summary.linesUsed + summary.linesFiltered + summary.linesQuarantined)
    #expect(summary.hasProblems == (summary.linesQuarantined > 0))
    #expect(try fixture.log.info().last == UInt64(mixture.expected.accepted))
    // The same bad line again is counted, and not kept a second time.
    let kept = try fixture.rejects().map { RejectIdentity($0) }
    #expect(kept.count == Set(kept).count)
    #expect(kept.isEmpty == (summary.linesQuarantined == 0) && kept.count <= summary.linesQuarantined)
  }

  @Test(
    "A check gives the figures of an ingest into an empty log, but that it looks for no duplicates",
    arguments: UInt64(1)...4)
  func checks(seed: UInt64) throws {
    var mixture = LineMixture(seed: seed, count: 200)
    let fixture = try IntakeFixture()
    let path = try fixture.file(mixture.bytes(0..<mixture.lines.count))
    let checked = Figures(try fixture.ingest().check([path], mapping: nil))
    var expected = mixture.expected
    expected.accepted += expected.duplicates + expected.conflicts
    expected.linesUsed += expected.conflicts
    expected.linesQuarantined -= expected.conflicts
    (expected.duplicates, expected.conflicts, expected.positions) = (0, 0, nil)
    expected.problems[.conflict] = nil
    #expect(checked == expected)
    #expect(try fixture.log.info().last == 0)
    #expect(try fixture.log.info().rejects == 0)
  }

  @Test("A reject names its file and line, keeps its bytes, and the first of a kind is the example in the summary")
  func places() throws {
    let fixture = try IntakeFixture()
    let first = try fixture.file(Array("\n\(pageView("1"))\n  \n{\"id\":\n".utf8))
    let second = try fixture.file(Array("[] \t\r\n\n{\"id\": 2\n".utf8))
    let summary = try fixture.ingest().run(ndjson: [first, second], into: fixture.log)
    let rejects = try fixture.rejects()
    #expect(rejects.map(\.file) == [first, second, second])
    #expect(rejects.map(\.line) == [4, 1, 3])
    #expect(rejects.map { String(decoding: $0.original, as: UTF8.self) } == ["{\"id\":", "[]", "{\"id\": 2"])
    #expect(rejects.map(\.kind) == [.malformed, .envelope, .malformed])
    #expect(rejects.allSatisfy { $0.input == "ndjson" && $0.received.rfc3339 == IntakeFixture.now })
    #expect(summary.problems[.malformed]?.count == 2)
    #expect(summary.problems[.malformed]?.examples.first == rejects[0])
  }

  @Test(
    "Inputs without any line give nothing, and commit nothing",
    arguments: ["", "\n", "\r\n \r\n", "\u{FEFF}", "\u{FEFF}\n"])
  func nothing(text: String) throws {
    let fixture = try IntakeFixture()
    #expect(Figures(try fixture.ingest(bytes: Array(text.utf8))) == Figures())
    #expect(try fixture.log.info().last == 0)
  }

  @Test("Identifier values that are dropped are counted one by one, also of events that are duplicates")
  func droppedIdentifiers() throws {
    let fixture = try IntakeFixture()
    let ids =
      #"{"customer_id":"N/A","email":"no address","phone":null,"loyalty_id":1.5,"social_id":"me","anonymous_id":""}"#
    let summary = try fixture.ingest(pageView("1", ids: ids), pageView("1", ids: ids), pageView("2"))
    #expect(summary.droppedIdentifiers == 10)
    #expect(try fixture.documents() == [pageView("1", ids: #"{"social_id":"me"}"#), pageView("2")])
  }
}
