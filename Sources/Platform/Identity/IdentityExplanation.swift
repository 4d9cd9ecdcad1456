package import Events
package import Identity
import Projections
package import ReadModels

/// Why two identifiers are one person, or why they are not.
package struct IdentityExplanation {
  /// What stands between two identifiers.
  package enum Obstacle: Sendable {
    /// The identifier was seen with too many others: `seen` counts them by type.
    case shared(Identifier, seen: [String: Int])
    /// The value names nobody.
    case blocked(Identifier)
    /// The rules do not let these types link each other.
    case typesMayNotLink(Identifier, Identifier)
    /// One person would break a limit or a decision.
    case conflict(IdentityStep, ConflictReason)
    /// An operator keeps the two apart.
    case unlinked(Identifier, Identifier, DecisionState)
    /// They were never seen together, not even by way of others.
    case noPath
    /// So much is connected with them that the search was given up.
    case searchEnded
  }

  package let a: Identifier
  package let b: Identifier
  package let personA: PersonID
  package let personB: PersonID
  /// From `a` to `b`: what makes them one person, or what would if nothing stood against it. Empty where they were never
  /// seen together.
  package let path: [IdentityStep]
  /// Empty exactly if they are one person.
  package let obstacles: [Obstacle]

  package var isOnePerson: Bool { personA == personB }
}

/// Why a link was not taken.
package enum ConflictReason: Hashable, Sendable, CustomStringConvertible {
  /// The people at both ends hold values of these types, and one person would hold too many.
  case limit(type: String, max: Int, Set<String>, Set<String>)
  /// An operator keeps an identifier of one apart from one of the other.
  case unlinked(Identifier, Identifier)

  package var description: String {
    switch self {
    case .limit(let type, let max, let a, let b):
      "a person holds at most \(max) \(type): \(a.sorted().joined(separator: ", ")) and \(b.sorted().joined(separator: ", "))"
    case .unlinked(let a, let b): "\(a) and \(b) were unlinked"
    }
  }

  /// The reason for which two people are not one; nil where nothing is known to keep them apart.
  static func between(
    _ a: IdentifierKey, _ b: IdentifierKey, _ rules: IdentifierRules, in snapshot: borrowing Snapshot
  ) throws -> ConflictReason? {
    let (membersA, membersB) = (try identifiers(a, snapshot), try identifiers(b, snapshot))
    if let unlinked = try unlinked(membersA, membersB, in: snapshot) { return unlinked }
    for type in rules.types {
      guard let limit = type.limit else { continue }
      func values(_ members: [Identifier]) -> Set<String> {
        Set(members.lazy.filter { $0.type == type.name }.map(\.value))
      }
      let (inA, inB) = (values(membersA), values(membersB))
      if !inA.isEmpty, !inB.isEmpty, inA.count + inB.count > limit {
        return .limit(type: type.name, max: limit, inA, inB)
      }
    }
    return nil
  }

  /// The decision that keeps one of some identifiers apart from one of others; nil where there is none.
  static func unlinked(
    _ some: [Identifier], _ others: [Identifier], in snapshot: borrowing Snapshot
  ) throws -> ConflictReason? {
    for member in some {
      for (other, state) in try snapshot.decisions(about: IdentifierKey(member))
      where state.decision?.verdict == .unlinked {
        if let match = others.first(where: { IdentifierKey($0) == other }) { return .unlinked(member, match) }
      }
    }
    return nil
  }

  private static func identifiers(_ person: IdentifierKey, _ snapshot: borrowing Snapshot) throws -> [Identifier] {
    if let person = try snapshot.person(at: person) { return person.contacts.map(\.identifier) }
    // A value that links nobody, and of which nothing else is known, has no row.
    return try snapshot.identifierState(person).map { [$0.identifier] } ?? []
  }
}
