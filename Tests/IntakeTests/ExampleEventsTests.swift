import EventLog
import Events
import Intake
import JSON
import Schemas
import Testing

@Suite struct ExampleEventsTests {
  @Test("There are example events")
  func completeness() { #expect(ProjectFiles.types.count > 30) }

  @Test("Every valid example event is accepted", arguments: ProjectFiles.types)
  func valid(type: String) throws {
    let fixture = try IntakeFixture()
    let events = ProjectFiles.lines("\(ProjectFiles.schemas)/\(type)/1.valid.ndjson")
    let summary = try fixture.ingest(lines: events)
    #expect(summary.accepted == events.count, "\(fixture.reasons)")
    #expect(summary.droppedIdentifiers == 0)
    // Stored documents are what they were made of, so they are accepted again.
    #expect(try fixture.ingest(lines: try fixture.documents()).duplicates == events.count)
  }

  @Test("Every invalid example event is quarantined at the place that it names", arguments: ProjectFiles.types)
  func invalid(type: String) throws {
    let fixture = try IntakeFixture()
    let examples = ProjectFiles.lines("\(ProjectFiles.schemas)/\(type)/1.invalid.ndjson")
    let parser = JSONParser()
    var pointers: [String] = []
    var events: [String] = []
    for example in examples {
      let root = try parser.parse(example.utf8)
      var writer = JSONWriter()
      writer.value(try #require(root["event"]))
      events.append(writer.text)
      pointers.append(try #require(root["pointer"]?.string))
    }
    #expect(try fixture.ingest(lines: events).quarantined == events.count)
    let rejects = try fixture.rejects()
    #expect(rejects.map { String(decoding: $0.original, as: UTF8.self) } == events)
    #expect(rejects.allSatisfy { $0.kind == .schema })
    #expect(rejects.map(\.pointer) == pointers, "\(fixture.reasons)")
  }
}
