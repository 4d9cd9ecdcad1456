package import Events
package import Identity
package import Projections
import ReadModels

/// An identifier that links nobody, and whom it was seen with.
package struct SharedIdentifier {
  package let identifier: Identifier
  package let standing: Standing
  /// How many people it was seen with, and the orders of all of them.
  package let people: Int
  package let orders: Int
  /// How many values of each type it was seen with.
  package let seen: [String: Int]
  /// Events anchored on it.
  package let events: Int
  /// Microseconds since 1970.
  package let firstSeen, lastSeen: Int64
}

/// A link that was not taken.
package struct IdentityConflict {
  package let anchor: Identifier
  package let other: Identifier
  package let anchorPerson: PersonID
  package let otherPerson: PersonID
  package let reason: ConflictReason?
  /// The orders of both people.
  package let orders: Int
  /// Events that give the link, and when. Microseconds since 1970.
  package let events: Int
  package let firstSeen, lastSeen: Int64
}

/// Lists what was not taken as evidence.
package struct RefusedEvidence {
  private let rules: IdentifierRules

  /// `rules` are those that people are grouped by.
  package init(_ rules: IdentifierRules) { self.rules = rules }

  /// Calls `body` for each identifier that links nobody, the one seen with the most people first, then with the most
  /// orders. O(links of these).
  package func forEachShared(in snapshot: borrowing Snapshot, _ body: (SharedIdentifier) throws -> Bool) throws {
    var keys: [(IdentifierKey, Standing)] = []
    try snapshot.forEachUnlinkable { key, standing in
      keys.append((key, standing))
      return true
    }
    let found = try keys.map { try shared($0, $1, snapshot) }
    for entry in found.sorted(by: { ($0.people, $0.orders, $1.identifier) > ($1.people, $1.orders, $0.identifier) }) {
      guard try body(entry) else { return }
    }
  }

  private func shared(
    _ key: IdentifierKey, _ standing: Standing, _ snapshot: borrowing Snapshot
  ) throws -> SharedIdentifier {
    guard let state = try snapshot.identifierState(key) else { throw ProjectionError.damaged("\(key.hash) has no row") }
    var people: Set<IdentifierKey> = []
    for pair in try snapshot.links(of: key) {
      let other = pair.other(than: key)
      if let person = try snapshot.personKey(of: other), person != key { people.insert(person) }
    }
    return SharedIdentifier(
      identifier: state.identifier, standing: standing, people: people.count, orders: try orders(of: people, snapshot),
      seen: try IdentityExplainer(rules).seen(with: key, snapshot), events: state.events, firstSeen: state.firstSeen,
      lastSeen: state.lastSeen)
  }

  private func orders(of people: Set<IdentifierKey>, _ snapshot: borrowing Snapshot) throws -> Int {
    var orders = 0
    for person in people { orders += try snapshot.person(at: person)?.orders.count ?? 0 }
    return orders
  }

  /// Calls `body` for each link that was not taken, the one with the most orders first, then with the most events.
  /// O(conflicts).
  package func forEachConflict(in snapshot: borrowing Snapshot, _ body: (IdentityConflict) throws -> Bool) throws {
    var pairs: [IdentifierPair] = []
    try snapshot.forEachConflict {
      pairs.append($0)
      return true
    }
    let found = try pairs.compactMap { try conflict($0, snapshot) }
    let sorted = found.sorted { a, b in
      (a.orders, a.events, b.anchor, b.other) > (b.orders, b.events, a.anchor, a.other)
    }
    for entry in sorted {
      guard try body(entry) else { return }
    }
  }

  private func conflict(_ pair: IdentifierPair, _ snapshot: borrowing Snapshot) throws -> IdentityConflict? {
    guard let anchor = try snapshot.identifierState(pair.anchor)?.identifier,
      let other = try snapshot.identifierState(pair.other)?.identifier, let link = try snapshot.link(pair),
      let anchorPerson = try snapshot.personKey(of: pair.anchor),
      let otherPerson = try snapshot.personKey(of: pair.other)
    else { return nil }
    return IdentityConflict(
      anchor: anchor, other: other, anchorPerson: PersonID(anchorPerson), otherPerson: PersonID(otherPerson),
      reason: try ConflictReason.between(anchorPerson, otherPerson, rules, in: snapshot),
      orders: try orders(of: [anchorPerson, otherPerson], snapshot), events: link.events, firstSeen: link.firstSeen,
      lastSeen: link.lastSeen)
  }
}
