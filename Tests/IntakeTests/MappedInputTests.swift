import EventLog
import GeneratedEvents
import Intake
import Mappings
import Testing

@Suite struct MappedInputTests {
  /// Makes an event of each row of `id,email`, and of row 7 one more, which intake refuses because it has no URL.
  static func mapping() throws -> Mapping {
    try Mapping(
      yaml: """
        channel: till
        input: csv
        time_zone: Asia/Ho_Chi_Minh
        skip:
          - {when: =email = 'skip', reason: not wanted}
        events:
          - {type: lead.captured, id: "=concat('lead-', id)", time: "2026-02-28T12:00:00Z", source: till, channel: pos, ids: {email: =email}}
          - when: =id = '7'
            type: page.viewed
            id: =concat('view-', id)
            time: "2026-02-28T12:00:00Z"
            source: till
            channel: pos
            ids: {email: =email}
            data: {title: =id}
        """, file: "till.yaml", shop: IntakeFixture.shop())
  }

  private static func jsonMapping() throws -> Mapping {
    try Mapping(
      yaml: """
        channel: hook
        input: json
        time_zone: Asia/Ho_Chi_Minh
        events:
          - {type: lead.captured, id: =id, time: "2026-02-28T12:00:00Z", source: hook, channel: web, ids: {email: =email}}
        """, file: "hook.yaml", shop: IntakeFixture.shop())
  }

  @Test(
    "Every row is accounted for once: events, filtered, or quarantined by the mapping or by intake",
    arguments: UInt64(1)...6)
  func accounting(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var expected = Figures()
    var rows = ["id,email"]
    for number in 100..<500 {
      expected.lines += 1
      switch random.number(0..<5) {
      case 0:
        rows.append("\(number),skip")
        expected.linesFiltered += 1
      case 1:
        rows.append("\(number),a,b")
        expected.linesQuarantined += 1
        expected.quarantined += 1
        expected.problems[.malformed, default: 0] += 1
      case 2:
        rows.append("\(number),not an address")
        expected.linesQuarantined += 1
        expected.quarantined += 1
        expected.droppedIdentifiers += 1
        expected.problems[.identifiers, default: 0] += 1
      default:
        // A cell of several lines.
        let blank = random.oneIn(3) ? "\n" : ""
        rows.append("\(number + 1_000),\"\(blank)an@example.com\"")
        expected.lines += blank.count
        expected.accepted += 1
        expected.linesUsed += 1 + blank.count
      }
    }
    if expected.accepted > 0 { expected.positions = 1...UInt64(expected.accepted) }
    let fixture = try IntakeFixture()
    let path = try fixture.file(Array(rows.joined(separator: "\n").utf8))
    let summary = try fixture.ingest().run([path], mapping: Self.mapping(), into: fixture.log)
    #expect(Figures(summary) == expected)
    #expect(
      summary.filtered
        == (expected.linesFiltered > 0
          ? ["not wanted": FilteredCount(documents: expected.linesFiltered, lines: expected.linesFiltered)] : [:]))
    let again = try fixture.ingest().run([path], mapping: Self.mapping(), into: fixture.log)
    #expect(again.duplicates == expected.accepted)
  }

  @Test("A row that makes two events, one of which is refused, is quarantined as it was and makes none")
  func severalEvents() throws {
    let fixture = try IntakeFixture()
    let path = try fixture.file(Array("id,email\n7,an@example.com\n".utf8))
    let summary = try fixture.ingest().run([path], mapping: Self.mapping(), into: fixture.log)
    #expect(summary.lines == 1)
    #expect(summary.accepted == 0)
    #expect(summary.quarantined == 1)
    let reject = try #require(try fixture.rejects().first)
    #expect(reject.kind == .schema)
    #expect(reject.input == "till")
    #expect(reject.line == 2)
    #expect(String(decoding: reject.original, as: UTF8.self) == "id,email\n7,an@example.com")
  }

  @Test("A conflict of a mapped event remembers the mapping")
  func conflicts() throws {
    let fixture = try IntakeFixture()
    let path = try fixture.file(Array("id,email\n1,an@example.com\n1,bo@example.com\n".utf8))
    let summary = try fixture.ingest().run([path], mapping: Self.mapping(), into: fixture.log)
    #expect(summary.conflicts == 1)
    #expect(try fixture.rejects().map(\.input) == ["till"])
    #expect(try fixture.rejects().map(\.line) == [3])
  }

  @Test("Lines of JSON that are no JSON, or too long to be kept, are quarantined, and the others are mapped")
  func json() throws {
    let fixture = try IntakeFixture()
    let line = { (id: Int) in #"{"id":"\#(id)","email":"an@example.com"}"# }
    let overlong = String(repeating: "x", count: (16 << 20) + 1)
    let path = try fixture.file(Array([line(1), "{", overlong, line(2)].joined(separator: "\n").utf8))
    let summary = try fixture.ingest().run([path], mapping: Self.jsonMapping(), into: fixture.log)
    #expect(summary.lines == 4)
    #expect(summary.accepted == 2)
    #expect(summary.linesQuarantined == 2)
    let rejects = try fixture.rejects()
    #expect(rejects.map(\.line) == [2, 3])
    #expect(rejects.map(\.kind) == [.malformed, .tooLarge])
    #expect(rejects.map(\.isTruncated) == [false, true])
    #expect(rejects.allSatisfy { $0.input == "hook" })
  }

  @Test("A check of mapped rows counts what an ingest would, and writes nothing")
  func check() throws {
    let fixture = try IntakeFixture()
    let path = try fixture.file(Array("id,email\n1,an@example.com\n2,skip\n3,a,b\n".utf8))
    let summary = try fixture.ingest().check([path], mapping: Self.mapping())
    #expect(summary.lines == 3)
    #expect(summary.accepted == 1)
    #expect(summary.linesFiltered == 1)
    #expect(summary.quarantined == 1)
    #expect(try fixture.log.info().last == 0)
    #expect(try fixture.log.info().rejects == 0)
  }
}
