package import Events
import Hashing
package import Identity
package import ReadModels

/// Two identifiers that events, or an operator, bring together.
package struct IdentifierPair: Hashable, Sendable {
  /// The one that the events are anchored on.
  package let anchor: IdentifierKey
  package let other: IdentifierKey

  package init(anchor: IdentifierKey, other: IdentifierKey) {
    self.anchor = anchor
    self.other = other
  }

  /// The end that is not this one.
  package func other(than key: IdentifierKey) -> IdentifierKey { anchor == key ? other : anchor }

  init(_ key: LinkKey) { self.init(anchor: IdentifierKey(key.anchor), other: IdentifierKey(key.other)) }

  var key: LinkKey { LinkKey(anchor: anchor.hash, other: other.hash) }
}

extension Snapshot {
  /// The identifier with a key that a row names. Throws `damaged` where it has no row of its own. O(log n).
  package func identifier(at key: IdentifierKey) throws(ProjectionError) -> Identifier {
    guard let state = try identifierState(key) else { throw .damaged("the identifier \(key.hash) has no row") }
    return state.identifier
  }

  /// Whether an identifier links others. O(log n).
  package func standing(of identifier: IdentifierKey) throws(ProjectionError) -> Standing {
    try projectionErrors { try standing(of: identifier.hash) }
  }

  /// All links of an identifier, whichever end it is, in no particular order. O(log n + links).
  package func links(of identifier: IdentifierKey) throws(ProjectionError) -> [IdentifierPair] {
    try projectionErrors { try links(ofEitherEnd: identifier.hash).map { IdentifierPair($0) } }
  }

  /// The events that say that two identifiers belong together; nil where none does. O(log n).
  package func link(_ pair: IdentifierPair) throws(ProjectionError) -> LinkState? {
    try value(pair.key.row, in: tables.links) { try LinkState.decode($0, form: form) }
  }

  /// What operators decided about an identifier and others, also what is withdrawn. O(log n + decisions).
  package func decisions(
    about identifier: IdentifierKey
  ) throws(ProjectionError) -> [(other: IdentifierKey, state: DecisionState)] {
    try projectionErrors { try decisionStates(about: identifier.hash).map { (IdentifierKey($0.other), $0.state) } }
  }

  /// Calls `body` for every link that would have broken a rule or a decision, in the order of keys, until it returns
  /// false. O(conflicts).
  package func forEachConflict(_ body: (IdentifierPair) throws -> Bool) throws {
    try forEach(in: tables.conflicts, from: nil) { key, _ in try body(IdentifierPair(LinkKey(stored: key))) }
  }

  /// Calls `body` for every identifier that links nobody, in the order of keys, until it returns false. O(n).
  package func forEachUnlinkable(_ body: (IdentifierKey, Standing) throws -> Bool) throws {
    try forEach(in: tables.unlinkable, from: nil) { key, row in
      guard let standing = row.first.flatMap({ Standing(rawValue: $0) }) else {
        throw ProjectionError.damaged("why an identifier links nobody is unknown")
      }
      return try body(StoredKey.identifier(key), standing)
    }
  }
}
