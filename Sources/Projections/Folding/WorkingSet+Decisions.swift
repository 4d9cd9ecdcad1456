import Events
import Hashing
import Identity
import ReadModels

/// Decisions about who is who.
extension WorkingSet {
  /// Folds a decision into the pair that it names, and shows it in the timelines of both.
  mutating func foldDecision(
    _ verdict: DecisionState.Verdict, _ event: FoldedEvent, anchor: Int?, in writer: borrowing GenerationWriter
  ) throws {
    guard let a = identifier(event, "a"), let b = identifier(event, "b") else { return }
    guard a != b else { return park(event.position, "data.a and data.b are the same identifier") }
    let slots = try [a, b].map { try slot(ofDecided: $0, in: writer) }
    for (slot, identifier) in zip(slots, [a, b]) {
      let known = identifiers.states.withState(slot) { $0.identifier }
      guard known == identifier else {
        return park(event.position, "\(identifier) has the same key as \(known), and is left out")
      }
    }
    for slot in slots where slot != anchor {
      identifiers.note(event.position, slot)
      timelineDigest.note(event.nameHash, under: identifiers.keys[slot])
    }
    let pair = LinkKey(anchor: identifiers.keys[slots[0]], other: identifiers.keys[slots[1]])
    for key in [pair, pair.reversed] {
      let slot = try decisions.slot(of: key, in: writer, initial: DecisionState())
      decisions.states.withState(slot) { $0.fold(verdict, event) }
    }
  }

  private mutating func slot(
    ofDecided identifier: Identifier, in writer: borrowing GenerationWriter
  ) throws -> Int {
    try identifiers.slot(
      of: IdentifierKey(identifier).hash, in: writer, initial: IdentifierState(unseen: identifier))
  }

  /// An identifier that a decision names. One of an unknown type is parked.
  private mutating func identifier(_ event: FoldedEvent, _ field: StaticString) -> Identifier? {
    guard let identifier = event.decided(field) else { return nil }
    guard rules.hasType(identifier.type) else {
      park(
        event.position, "data.\(field): there is no identifier type '\(identifier.type)'; add it to the configuration")
      return nil
    }
    return identifier
  }
}
