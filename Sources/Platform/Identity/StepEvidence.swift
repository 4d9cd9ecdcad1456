package import EventLog
package import Events
import Identity
import JSON
package import Projections
import ReadModels

/// One event that says that two identifiers belong together.
package struct EvidenceEvent: Sendable {
  package let position: Position
  package let time: Instant
  package let type: String
  package let id: String
  package let source: String
}

/// Finds the events behind a step in the log.
package struct StepEvidence {
  private let reader: LogReader
  private let parser = JSONParser()

  /// For one thread.
  package init(_ log: EventLog) { reader = LogReader(log) }

  /// The first events, by position, that are anchored on one end of a step and carry the other, or that decided about
  /// both: at most `limit`. Reads the events of one identifier.
  package func events(
    of step: IdentityStep, limit: Int, in snapshot: borrowing Snapshot
  ) throws -> [EvidenceEvent] {
    let other = step.anchor == step.from ? step.to : step.from
    guard let anchor = try snapshot.identifierState(step.anchor)?.identifier,
      let companion = try snapshot.identifierState(other)?.identifier
    else { return [] }
    var found: [EvidenceEvent] = []
    for position in try snapshot.timeline(of: [step.anchor.hash]) {
      guard found.count < limit else { break }
      try reader.withEvent(at: position) { event in
        // As stored: identifiers are part of the envelope, which upcasters do not change.
        let folded = try FoldedEvent(
          try parser.parse(padded: event.padded, count: event.documentBytes), position: position)
        guard carries(folded, step, anchor, companion) else { return }
        found.append(
          EvidenceEvent(
            position: position, time: Instant(microseconds: folded.time), type: folded.typeName.string ?? "",
            id: folded.id.string ?? "", source: folded.source.string ?? ""))
      }
    }
    return found
  }

  private func carries(
    _ event: FoldedEvent, _ step: IdentityStep, _ anchor: Identifier, _ companion: Identifier
  ) -> Bool {
    switch step.evidence {
    case .link:
      guard let ids = event.ids else { return false }
      return [anchor, companion].allSatisfy { id in
        ids.members.contains { $0.spells(id.type) && $1.string == id.value }
      }
    case .decision:
      return event.type.verdict != nil && Set([event.decided("a"), event.decided("b")]) == [anchor, companion]
    }
  }
}

extension JSONValue {
  /// Whether the text is this one.
  fileprivate func spells(_ text: String) -> Bool { string == text }
}
