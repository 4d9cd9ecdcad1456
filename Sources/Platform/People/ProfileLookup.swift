package import Events
package import Identity
package import Projections
package import ReadModels

/// A person found, with the key of their strongest identifier.
package struct FoundPerson {
  package let key: IdentifierKey
  package let person: Person
  /// What scores them, if it is asked for.
  package let scores: PersonScores?

  /// `key` is that of the person's strongest identifier.
  package init(key: IdentifierKey, person: Person, scores: PersonScores? = nil) {
    self.key = key
    self.person = person
    self.scores = scores
  }

  /// The person's public id.
  package var id: PersonID { PersonID(key) }
}

/// Why nobody, or nobody in particular, was found.
package enum LookupError: Error, CustomStringConvertible {
  /// Nothing by that name is known.
  case nobody(String)
  /// An identifier of a type was given that cannot be one.
  case malformed(String, reason: String)
  /// An identifier that several people share, or that names nobody, and whose it therefore is not.
  case shared(Identifier, Standing, [PersonID])
  /// A value alone that is an identifier of several people, of one type each.
  case several(String, [(identifier: Identifier, person: PersonID)])

  package var description: String {
    switch self {
    case .nobody(let who):
      "nobody is known as '\(who.count > 100 ? who.prefix(99) + "…" : who)'; give an identifier as type:value, its value alone, or a person id"
    case .malformed(let who, let reason): "'\(who)' is no usable identifier: \(reason)"
    case .shared(let identifier, .blocked, _):
      "\(identifier) is a value that names nobody by the rules; 'hoso identity shared' lists these"
    case .shared(let identifier, _, let people):
      "\(identifier) is shared by several people, so it is nobody's; it was seen with\n"
        + people.prefix(20).map { "  \($0)" }.joined(separator: "\n")
        + (people.count > 20 ? "\n  and \(people.count - 20) more" : "")
        + "\nname one of them; 'hoso identity shared' lists such identifiers"
    case .several(let who, let hits):
      "'\(who)' means several people:\n"
        + hits.map { "  \($0.person)  \($0.identifier)" }.joined(separator: "\n")
        + "\nname one of them by identifier type or person id"
    }
  }
}

/// Finds people by what a person would type: an identifier `type:value`, a bare value, or a person id.
package struct ProfileLookup {
  private let rules: IdentifierRules

  package init(_ rules: IdentifierRules) { self.rules = rules }

  /// The one person that `who` means. A person id, current or former, goes before an identifier that looks like one.
  /// Throws ``LookupError`` when there is nobody or more than one. O(identifier types).
  package func find(_ who: String, in snapshot: borrowing Snapshot) throws -> FoundPerson {
    if let id = PersonID(who), let key = try snapshot.identifier(of: id), let found = try snapshot.person(of: key) {
      return FoundPerson(key: found.key, person: found.person)
    }
    if let identifier = try typed(who) {
      guard let found = try snapshot.person(of: IdentifierKey(identifier)) else {
        throw try reason(why: identifier, who, in: snapshot)
      }
      return FoundPerson(key: found.key, person: found.person)
    }
    return try findOnEveryType(who, in: snapshot)
  }

  /// An identifier with its type named before a colon; nil when what stands there is no type.
  private func typed(_ who: String) throws -> Identifier? {
    guard let colon = who.firstIndex(of: ":") else { return nil }
    let type = String(who[..<colon])
    guard rules.types.contains(where: { $0.name == type }) else { return nil }
    switch rules.normalise(String(who[who.index(after: colon)...]), type: type) {
    case .success(let identifier): return identifier
    case .failure(let refusal): throw LookupError.malformed(who, reason: refusal.description)
    }
  }

  /// Why an identifier is nobody's.
  private func reason(
    why identifier: Identifier, _ who: String, in snapshot: borrowing Snapshot
  ) throws -> LookupError {
    let key = IdentifierKey(identifier)
    let standing = try snapshot.standing(of: key)
    guard standing != .linking else { return .nobody(who) }
    var people: Set<IdentifierKey> = []
    for pair in try snapshot.links(of: key) {
      if let person = try snapshot.personKey(of: pair.other(than: key)) {
        people.insert(person)
      }
    }
    return .shared(identifier, standing, people.sorted().map { PersonID($0) })
  }

  /// The one identifier that `who` names: `type:value`, a value alone that is known on one type, or the identifier that
  /// a person id was made from. Throws ``LookupError``. O(identifier types).
  package func identifier(_ who: String, in snapshot: borrowing Snapshot) throws -> Identifier {
    if let identifier = try typed(who) {
      guard try snapshot.personKey(of: IdentifierKey(identifier)) != nil else { throw LookupError.nobody(who) }
      return identifier
    }
    if let id = PersonID(who), let key = try snapshot.identifier(of: id),
      let state = try snapshot.identifierState(key)
    {
      return state.identifier
    }
    var hits: [(identifier: Identifier, person: PersonID)] = []
    for type in rules.types {
      guard case .success(let identifier) = rules.normalise(who, type: type.name) else { continue }
      guard let person = try snapshot.personKey(of: IdentifierKey(identifier)) else { continue }
      hits.append((identifier, PersonID(person)))
    }
    guard let first = hits.first else { throw LookupError.nobody(who) }
    // The types go from the strongest to the weakest.
    guard hits.allSatisfy({ $0.person == first.person }) else { throw LookupError.several(who, hits) }
    return first.identifier
  }

  private func findOnEveryType(_ value: String, in snapshot: borrowing Snapshot) throws -> FoundPerson {
    var hits: [(identifier: Identifier, found: FoundPerson)] = []
    for type in rules.types {
      guard case .success(let identifier) = rules.normalise(value, type: type.name) else { continue }
      guard let found = try snapshot.person(of: IdentifierKey(identifier)) else { continue }
      hits.append((identifier, FoundPerson(key: found.key, person: found.person)))
    }
    guard let first = hits.first else {
      for type in rules.types {
        guard case .success(let identifier) = rules.normalise(value, type: type.name) else { continue }
        if case .shared(let shared, let standing, let people) = try reason(why: identifier, value, in: snapshot) {
          throw LookupError.shared(shared, standing, people)
        }
      }
      throw LookupError.nobody(value)
    }
    guard hits.allSatisfy({ $0.found.key == first.found.key }) else {
      throw LookupError.several(value, hits.map { ($0.identifier, $0.found.id) })
    }
    return first.found
  }
}
