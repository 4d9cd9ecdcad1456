package import BinaryCoding
import JSON

/// What operators decided about two identifiers: the latest decision stands.
package struct DecisionState: FoldState {
  /// Storage format: never renumbered.
  package enum Verdict: UInt8, Sendable, CaseIterable {
    /// They are one person, whatever the rules say.
    case linked = 1
    /// They are two, whatever the rules say.
    case unlinked = 2
    /// The rules decide again.
    case withdrawn = 3
  }

  /// A decision, who took it and why.
  package struct Decision: Hashable, Sendable {
    package let verdict: Verdict
    package let by: String
    package let reason: String?
  }

  /// How many events decided.
  package private(set) var events = 0
  private var latest: Register<Decision>?

  package init() {}

  /// The one that stands; nil before the first.
  package var decision: Decision? { latest?.value }
  /// The event that took it.
  package var stamp: Stamp? { latest?.stamp }
  /// Whether it has a say in who is who.
  package var isInForce: Bool { decision.map { $0.verdict != .withdrawn } ?? false }

  /// Folds a decision about the two identifiers.
  package mutating func fold(_ verdict: Verdict, _ event: FoldedEvent) {
    events += 1
    latest.set(Decision(verdict: verdict, by: event.text("by") ?? "", reason: event.text("reason")), event)
  }

  package mutating func merge(_ other: Self) {
    events += other.events
    latest.merge(other.latest)
  }

  package func encode(to writer: inout ByteWriter) {
    writer.count(events)
    writer.register(latest) { writer, decision in
      writer.byte(decision.verdict.rawValue)
      writer.text(decision.by)
      writer.optional(decision.reason) { $0.text($1) }
    }
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    events = try reader.count()
    latest = try reader.register { (reader) throws(CodingError) in
      guard let verdict = Verdict(rawValue: try reader.byte()) else { throw CodingError("a verdict is unknown") }
      return Decision(
        verdict: verdict, by: try reader.text(),
        reason: try reader.optional { (reader) throws(CodingError) in try reader.text() })
    }
  }
}
