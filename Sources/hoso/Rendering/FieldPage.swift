import Events
import Expressions
import JSON
import Platform
import TimeZones

/// The events that made a field of a profile.
struct FieldPage {
  private let explanation: FieldExplanation
  private let zone: TimeZone

  init(_ explanation: FieldExplanation, _ zone: TimeZone) {
    self.explanation = explanation
    self.zone = zone
  }

  func writeTable() throws {
    StandardOutput.shared.write("\(explanation.field): \(explanation.rule)\n\n".printable)
    let fields: [Field<FieldEvent>] = [
      Field("time", "TIME", .time) { Value(microseconds: $0.time.microseconds) },
      Field("type", "TYPE", .text) { .text($0.type) },
      Field("effect", "SAYS", .text) {
        .text($0.statements.joined(separator: ", ") + ($0.counts ? "" : " (overwritten)"))
      },
      Field("source", "SOURCE", .text) { .text($0.source) },
      Field("id", "ID", .text) { .text($0.id) },
      Field("position", "POSITION", .count) { Value(Int($0.position)) },
    ]
    var printer = RowPrinter(fields, .table, zone: zone) { _ in nil }
    for event in explanation.events { try printer.add(event) }
    printer.finish(nothing: "No event speaks of it.")
  }

  func writeJSON() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("field", explanation.field)
    writer.member("rule", explanation.rule)
    writer.key("events")
    writer.beginArray()
    for event in explanation.events { write(event, to: &writer) }
    writer.endArray()
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }

  private func write(_ event: FieldEvent, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("position")
    writer.value(event.position)
    writer.member("time", event.time.rfc3339)
    writer.member("type", event.type)
    writer.member("id", event.id)
    writer.member("source", event.source)
    writer.member("effect", event.statements.joined(separator: ", "))
    writer.key("counts")
    writer.value(event.counts)
    writer.endObject()
  }
}
