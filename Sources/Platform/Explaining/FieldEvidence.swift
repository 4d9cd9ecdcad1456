package import EventLog
package import Events
import Identity
import JSON
package import Projections
import ReadModels
package import Upcasting

/// An event that made the value of a field of a profile.
package struct FieldEvent: Sendable {
  package let position: Position
  package let time: Instant
  package let type: String
  package let id: String
  package let source: String
  /// What it says of the field: one statement or several.
  package internal(set) var statements: [String]
  /// False where a later event said otherwise.
  package internal(set) var counts: Bool
}

/// Why a field of a profile is what it is.
package struct FieldExplanation {
  package let field: String
  /// How the events make the value, in words.
  package let rule: String
  /// In the order of event time, then source and id.
  package let events: [FieldEvent]
}

/// A field that no profile has.
package struct UnknownFieldError: Error, CustomStringConvertible {
  package let field: String

  package var description: String {
    "there is no field '\(field)' to explain; fields are \(FieldRule.names.joined(separator: ", "))"
  }
}

/// Finds the events that made a field of a profile.
package struct FieldEvidence {
  private let reader: LogReader
  private let reading: EventReading
  private let moment: Moment?

  /// For one thread. Events after a moment are left out.
  package init(_ log: EventLog, _ upcasters: Upcasters, until moment: Moment? = nil) {
    reader = LogReader(log)
    reading = EventReading(upcasters)
    self.moment = moment
  }

  /// The events that made a field of a person, among those that concern the person, and those that only carry one of the
  /// identifiers. Throws ``UnknownFieldError``. O(positions).
  package func explain(
    _ field: String, of subject: FieldSubject, _ concerning: [Position], carrying: () throws -> [Position]
  ) throws -> FieldExplanation {
    guard let rule = FieldRule(field, subject) else { throw UnknownFieldError(field: field) }
    let positions = rule.asksCarriers ? Set(concerning).union(try carrying()).sorted() : concerning
    var found: [(stamp: Stamp, event: FieldEvent)] = []
    let selection = rule.selection
    for position in positions {
      try reader.withEvent(at: position) { logged in
        try reading.forEach(logged) { event, stored in
          let statements = rule.statements(event)
          guard !statements.isEmpty, moment?.includes(position, time: event.time) ?? true else { return }
          found.append((event.stamp, FieldEvent(stored, statements)))
        }
      }
    }
    found.sort { $0.stamp < $1.stamp }
    return FieldExplanation(field: field, rule: rule.text, events: selection.applied(to: found.map(\.event)))
  }
}

extension FieldEvent {
  fileprivate init(_ event: FoldedEvent, _ statements: [String]) {
    self.init(
      position: event.position, time: Instant(microseconds: event.time), type: event.typeName.string ?? "",
      id: event.id.string ?? "", source: event.source.string ?? "", statements: statements, counts: true)
  }
}

extension FieldRule.Selection {
  /// Marks the events that count, or leaves out all others.
  fileprivate func applied(to events: [FieldEvent]) -> [FieldEvent] {
    switch self {
    case .all: return events
    case .first: return Array(events.prefix(1))
    case .last: return Array(events.suffix(1))
    case .firstOfEach:
      var seen: Set<String> = []
      return events.compactMap { event in
        var event = event
        event.statements.removeAll { !seen.insert($0).inserted }
        return event.statements.isEmpty ? nil : event
      }
    case .latestWins:
      var events = events
      for index in events.indices.dropLast() { events[index].counts = false }
      return events
    case .visits:
      var last: Int64?
      return events.filter { event in
        let second = VisitSet.second(of: event.time.microseconds)
        defer { last = second }
        return last.map { second - $0 > VisitSet.gapSeconds } ?? true
      }
    }
  }
}
