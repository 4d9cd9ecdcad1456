import EventLog
import GeneratedEvents
import Intake
import Mappings
import Testing

@Suite struct InterruptedInputTests {
  /// A gzip member (RFC 1952) of stored blocks (RFC 1951, section 3.2.4), without the end that every member has.
  private static func truncatedGzip(_ content: [UInt8]) -> [UInt8] {
    var bytes: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255]
    var rest = content[...]
    while !rest.isEmpty {
      let block = rest.prefix(65_535)
      let (low, high) = (UInt8(truncatingIfNeeded: block.count), UInt8(block.count >> 8))
      bytes += [0, low, high, ~low, ~high] + block
      rest = rest.dropFirst(block.count)
    }
    return bytes
  }

  @Test(
    "Of an input that breaks off, all whole lines before are taken, and what is left of the last one is not",
    arguments: [3, 500, 20_000])
  func truncated(count: Int) throws {
    let fixture = try IntakeFixture()
    let events = (0..<count).map { pageView("\($0)") }
    // Cut off here, the last line would be whole JSON; nothing says that it was all of the line.
    let path = try fixture.file(Self.truncatedGzip(Array(events.joined(separator: "\n").utf8)))
    let error = #expect(throws: IngestInterrupted.self) { try fixture.ingest().run(ndjson: [path], into: fixture.log) }
    #expect(try fixture.documents() == events.dropLast())
    #expect(try fixture.rejects() == [])
    #expect(error?.summary.accepted == count - 1)
    #expect(error?.summary.lines == count - 1)
    #expect(
      error?.description
        == "\(path): gzip: the file ends in the middle of a member; \(count - 1) events that came before are in the log, "
        + "and running the command again adds only the rest")
  }

  @Test("After an interruption the same ingest adds only the rest")
  func again() throws {
    let fixture = try IntakeFixture()
    let events = (0..<100).map { pageView("\($0)") }
    let lines = Array(events.map { $0 + "\n" }.joined().utf8)
    let broken = try fixture.file(Self.truncatedGzip(Array(lines.prefix(lines.count / 2))))
    #expect(throws: IngestInterrupted.self) { try fixture.ingest().run(ndjson: [broken], into: fixture.log) }
    let before = try fixture.documents().count
    let summary = try fixture.ingest(bytes: lines)
    #expect(before > 40)
    #expect(summary.duplicates == before)
    #expect(try fixture.documents() == events)
  }

  @Test("An input that cannot be opened keeps what the inputs before it gave")
  func missingSecondInput() throws {
    let fixture = try IntakeFixture()
    let first = try fixture.file(Array((pageView("1") + "\n{").utf8))
    let missing = fixture.directory.path + "/missing"
    let error = #expect(throws: IngestInterrupted.self) {
      try fixture.ingest().run(ndjson: [first, missing], into: fixture.log)
    }
    #expect((error?.cause as? InputError)?.description == "\(missing): cannot be opened: No such file or directory")
    #expect(try fixture.documents() == [pageView("1")])
    #expect(try fixture.rejects().count == 1)
    #expect(error?.summary.linesQuarantined == 1)
  }

  @Test("A check of an input that breaks off fails, and writes nothing")
  func check() throws {
    let fixture = try IntakeFixture()
    let path = try fixture.file(Self.truncatedGzip(Array((pageView("1") + "\n").utf8)))
    #expect(throws: InputError.self) { try fixture.ingest().check([path], mapping: nil) }
    #expect(try fixture.log.info().last == 0)
  }

  @Test("Of mapped rows in an input that breaks off, those before are taken")
  func mapped() throws {
    let fixture = try IntakeFixture()
    let rows = (0..<50).map { "\($0),an@example.com" }
    let path = try fixture.file(Self.truncatedGzip(Array(("id,email\n" + rows.joined(separator: "\n")).utf8)))
    let error = #expect(throws: IngestInterrupted.self) {
      try fixture.ingest().run([path], mapping: try MappedInputTests.mapping(), into: fixture.log)
    }
    // Of the 49 rows before the end one makes an event that is refused.
    #expect(error?.summary.accepted == 48)
  }
}
