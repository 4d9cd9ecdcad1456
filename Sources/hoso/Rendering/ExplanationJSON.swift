import Events
import Identity
import JSON
import Platform
import ReadModels
import TimeZones

/// Why two identifiers are one person or not, for a program.
struct ExplanationJSON {
  private let explanation: IdentityExplanation
  private let steps: [ExplainedStep]

  init(_ explanation: IdentityExplanation, _ steps: [ExplainedStep]) {
    self.explanation = explanation
    self.steps = steps
  }

  func write() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("a", explanation.a.description)
    writer.member("b", explanation.b.description)
    writer.member("person_a", explanation.personA.description)
    writer.member("person_b", explanation.personB.description)
    writer.key("one_person")
    writer.value(explanation.isOnePerson)
    writer.key("obstacles")
    writer.beginArray()
    for obstacle in explanation.obstacles { write(obstacle, to: &writer) }
    writer.endArray()
    writer.key("path")
    writer.beginArray()
    for step in steps { write(step, to: &writer) }
    writer.endArray()
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }

  private func write(_ obstacle: IdentityExplanation.Obstacle, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("kind", obstacle.kind)
    writer.member("text", obstacle.text(TimeFormatter(zone: .utc)))
    writer.endObject()
  }

  private func write(_ step: ExplainedStep, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("from", step.from.description)
    writer.member("to", step.to.description)
    writer.member("rule", step.rule)
    if case .link(let link) = step.step.evidence {
      writer.member("kind", "link")
      writer.key("count")
      writer.value(link.events)
      writer.member("first_seen", Instant(microseconds: link.firstSeen).rfc3339)
      writer.member("last_seen", Instant(microseconds: link.lastSeen).rfc3339)
    } else {
      writer.member("kind", "decision")
    }
    writer.key("events")
    writer.beginArray()
    for event in step.events {
      writer.beginObject()
      writer.key("position")
      writer.value(Int(event.position))
      writer.member("time", event.time.rfc3339)
      writer.member("type", event.type)
      writer.member("id", event.id)
      writer.member("source", event.source)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
  }
}
