import Events
import Expressions
import JSON
import TimeZones

extension EventRule {
  /// The events that the rule makes of a document: none where its condition does not hold.
  func events(in scope: Scope, _ context: EvaluationContext) throws(DocumentError) -> [MappedEvent] {
    guard let each else { return try event(in: scope, context).map { [$0] } ?? [] }
    var events: [MappedEvent] = []
    for (index, element) in try each.elements(at: "each", in: scope, context).enumerated() {
      do {
        if let event = try event(in: Scope(element, parent: scope), context) { events.append(event) }
      } catch {
        throw DocumentError("element \(index) of `each`: \(error.message)")
      }
    }
    return events
  }

  private func event(in scope: Scope, _ context: EvaluationContext) throws(DocumentError) -> MappedEvent? {
    if let condition, try !condition.isTrue(at: "when", in: scope, context) { return nil }
    var writer = JSONWriter(capacity: MappedEvent.usualBytes)
    writer.beginObject()
    let timeIsArrival = try envelope.write(to: &writer, in: scope, context)
    try writeIDs(to: &writer, in: scope, context)
    if let data { try write(data, to: &writer, in: scope, context) }
    if let backfill = try envelope.backfill?.flag("backfill", in: scope, context) {
      writer.key("backfill")
      writer.value(backfill)
    }
    writer.endObject()
    return MappedEvent(writer.takeBytes(), timeIsArrival: timeIsArrival)
  }

  private func writeIDs(
    to writer: inout JSONWriter, in scope: Scope, _ context: EvaluationContext
  ) throws(DocumentError) {
    var isOpen = false
    for (name, scalar) in ids {
      guard let value = try scalar.text("ids." + name.text, in: scope, context) else { continue }
      if !isOpen {
        writer.key("ids")
        writer.beginObject()
        isOpen = true
      }
      writer.key(name)
      writer.value(value)
    }
    if isOpen { writer.endObject() }
  }

  private func write(
    _ data: Template, to writer: inout JSONWriter, in scope: Scope, _ context: EvaluationContext
  ) throws(DocumentError) {
    let mark = writer.mark
    writer.key("data")
    do throws(DocumentError) {
      if case .scalar(let scalar) = data {
        let output = try scalar.filled(in: scope, context)
        guard output.isRecord else { throw DocumentError("expected a record") }
        if output.isEmpty { writer.takeBack(to: mark) } else { writer.write(output) }
      } else if !(try data.write(to: &writer, in: scope, context)) {
        writer.takeBack(to: mark)
      }
    } catch {
      throw error.within("data")
    }
  }
}
