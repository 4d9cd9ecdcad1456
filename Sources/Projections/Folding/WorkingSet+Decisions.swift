import Events
import Hashing
import Identity
import ReadModels

/// Decisions about who is who.
extension WorkingSet {
  /// A decision, and the slots of the two identifiers that it names.
  struct FoundDecision {
    let verdict: DecisionState.Verdict
    let slots: [Int]
  }

  typealias DecidedPair = (verdict: DecisionState.Verdict, a: Identifier, b: Identifier)

  /// What a decision speaks of; nil where it names no two identifiers.
  func decidedPair(_ verdict: DecisionState.Verdict, _ event: FoldedEvent) throws -> DecidedPair? {
    guard let a = try identifier(event, "a"), let b = try identifier(event, "b") else { return nil }
    guard a != b else { throw UnreadableEvent(reason: "data.a and data.b are the same identifier") }
    return (verdict, a, b)
  }

  /// Finds the slots of a decided pair.
  mutating func decision(
    on pair: DecidedPair, in rows: borrowing some StateRows & ~Copyable
  ) throws -> FoundDecision {
    FoundDecision(
      verdict: pair.verdict, slots: [try slot(ofDecided: pair.a, in: rows), try slot(ofDecided: pair.b, in: rows)])
  }

  /// Folds a decision into the pair that it names, and shows it in the timelines of both.
  mutating func fold(
    _ decision: FoundDecision, _ mention: EntityMention, in rows: borrowing some StateRows & ~Copyable
  ) throws {
    for slot in decision.slots { note(mention, slot) }
    let pair = LinkKey(anchor: identifiers.keys[decision.slots[0]], other: identifiers.keys[decision.slots[1]])
    for key in [pair, pair.reversed] {
      let slot = try decisions.slot(of: key, in: rows, initial: DecisionState())
      decisions.states.withState(slot) { $0.fold(decision.verdict, mention.event) }
    }
  }

  private mutating func slot(
    ofDecided identifier: Identifier, in rows: borrowing some StateRows & ~Copyable
  ) throws -> Int {
    let slot = try identifiers.slot(
      of: IdentifierKey(identifier).hash, in: rows, initial: IdentifierState(unseen: identifier))
    let known = identifiers.states.withState(slot) { $0.identifier }
    guard known == identifier else { throw UnreadableEvent(reason: "\(identifier) has the same key as \(known)") }
    return slot
  }

  /// An identifier that a decision names. One of an unknown type cannot be folded.
  private func identifier(_ event: FoldedEvent, _ field: StaticString) throws(UnreadableEvent) -> Identifier? {
    guard let identifier = event.decided(field) else { return nil }
    guard rules.hasType(identifier.type) else {
      throw UnreadableEvent(
        reason: "data.\(field): there is no identifier type '\(identifier.type)'; add it to the configuration")
    }
    return identifier
  }
}
