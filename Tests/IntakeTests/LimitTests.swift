import EventLog
import Events
import Intake
import Testing

@Suite struct LimitTests {
  private static let eventBytesMax = 256 << 10
  private static let keptBytesMax = 16 << 20

  /// A page view of so many bytes.
  private func event(_ id: String, bytes: Int, ids: String = #"{"anonymous_id":"d"}"#) -> String {
    let empty = pageView(id, ids: ids, data: #"{"url":"/","x":""}"#)
    return pageView(
      id, ids: ids, data: #"{"url":"/","x":"\#(String(repeating: "x", count: bytes - empty.utf8.count))"}"#)
  }

  @Test("An event of 256 KiB is taken, and one of a byte more is not")
  func largestEvent() throws {
    let fixture = try IntakeFixture()
    let summary = try fixture.ingest(event("1", bytes: Self.eventBytesMax), event("2", bytes: Self.eventBytesMax + 1))
    #expect(summary.accepted == 1)
    #expect(
      summary.problems[.tooLarge]?.examples.first?.reason
        == "the event is 262145 bytes long; at most 262144 are allowed")
    #expect(summary.problems[.tooLarge]?.examples.first?.isTruncated == false)
  }

  @Test("An event that its identifiers make longer than 256 KiB is not taken, since its export could not be")
  func largestCanonicalEvent() throws {
    let fixture = try IntakeFixture()
    let phone = #"{"phone":"0901234567"}"#
    let grown = event("1", bytes: Self.eventBytesMax, ids: phone)
    let fitting = event("2", bytes: Self.eventBytesMax - 2, ids: phone)
    let summary = try fixture.ingest(grown, fitting)
    #expect(summary.accepted == 1)
    #expect(summary.problems[.tooLarge]?.count == 1)
    let stored = try fixture.documents()
    #expect(stored.map(\.utf8.count) == [Self.eventBytesMax])
    #expect(try fixture.ingest(lines: stored).duplicates == 1)
  }

  @Test("Of a line of more than 16 MiB the first 16 MiB are kept, and the lines after it are read")
  func overlongLine() throws {
    let fixture = try IntakeFixture()
    let length = Self.keptBytesMax + 12_345
    var bytes = Array((pageView("1") + "\n").utf8)
    bytes += [UInt8](repeating: 0x78, count: length) + [0x0A]
    bytes += Array((pageView("2") + "\n").utf8) + [UInt8](repeating: 0x79, count: length)
    let summary = try fixture.ingest(bytes: bytes)
    #expect(summary.accepted == 2)
    #expect(summary.lines == 4)
    let rejects = try fixture.rejects()
    #expect(rejects.map(\.line) == [2, 4])
    #expect(rejects.map(\.original.count) == [Self.keptBytesMax, Self.keptBytesMax])
    #expect(rejects.allSatisfy { $0.kind == .tooLarge && $0.isTruncated })
    #expect(
      rejects.first?.reason
        == "the line is \(length) bytes long; an event is at most 262144, and only the first \(Self.keptBytesMax) are kept"
    )
  }

  @Test("No more lines than the limit are read, over all inputs", arguments: 0...7)
  func limit(lines: Int) throws {
    let fixture = try IntakeFixture()
    let events = (1...6).map { pageView("\($0)") }
    let inputs = [events[0] + "\n" + events[1] + "\n", "", events[2...4].joined(separator: "\n"), events[5]]
    let paths = try inputs.map { try fixture.file(Array($0.utf8)) }
    let summary = try fixture.ingest(limit: lines).run(ndjson: paths, into: fixture.log)
    #expect(summary.lines == min(lines, 6))
    #expect(try fixture.documents() == Array(events.prefix(lines)))
  }

  @Test("Values nested 128 deep are taken, and deeper ones are not")
  func depth() throws {
    let fixture = try IntakeFixture()
    let nested = { (levels: Int) in
      // Two levels are the event and its data.
      let (open, close) = (String(repeating: "[", count: levels - 2), String(repeating: "]", count: levels - 2))
      return pageView("\(levels)", data: #"{"url":"/","x":\#(open)\#(close)}"#)
    }
    let summary = try fixture.ingest(nested(128), nested(129))
    #expect(try fixture.documents() == [nested(128)])
    #expect(summary.problems[.malformed]?.examples.first?.reason.hasPrefix("values are nested deeper than 128 levels") == true)
  }
}
