package import Events
package import Identity
package import Projections
import ReadModels

/// Explains who is who from the read models.
package struct IdentityExplainer {
  private let rules: IdentifierRules
  private let grouping: GroupingRules

  /// `rules` are those that people are grouped by.
  package init(_ rules: IdentifierRules) {
    self.rules = rules
    grouping = GroupingRules(rules.types)
  }

  /// Why two identifiers are one person or not. Throws ``LookupError`` for one that was never seen.
  package func explain(
    _ a: Identifier, _ b: Identifier, in snapshot: borrowing Snapshot
  ) throws -> IdentityExplanation {
    let keys = (IdentifierKey(a), IdentifierKey(b))
    guard let personA = try snapshot.personKey(of: keys.0) else { throw LookupError.nobody(a.description) }
    guard let personB = try snapshot.personKey(of: keys.1) else { throw LookupError.nobody(b.description) }
    func answer(_ path: [IdentityStep], _ obstacles: [IdentityExplanation.Obstacle]) -> IdentityExplanation {
      IdentityExplanation(
        a: a, b: b, personA: PersonID(personA), personB: PersonID(personB), path: path, obstacles: obstacles)
    }
    if personA == personB { return answer(try onePersonPath(personA, keys, snapshot), []) }
    do {
      return try differentPeople(keys, snapshot, answer)
    } catch is IdentityPathFinder.TooFar {
      let decided = try decided(keys, snapshot)
      return answer([], decided.isEmpty ? [.searchEnded] : decided)
    }
  }

  /// Empty where the person has so many identifiers that the search is given up.
  private func onePersonPath(
    _ person: IdentifierKey, _ keys: (IdentifierKey, IdentifierKey), _ snapshot: borrowing Snapshot
  ) throws -> [IdentityStep] {
    do {
      return try path(.person(person), keys, snapshot) ?? []
    } catch is IdentityPathFinder.TooFar {
      return []
    }
  }

  private func differentPeople(
    _ keys: (IdentifierKey, IdentifierKey), _ snapshot: borrowing Snapshot,
    _ answer: ([IdentityStep], [IdentityExplanation.Obstacle]) -> IdentityExplanation
  ) throws -> IdentityExplanation {
    for scope in [IdentityPathFinder.Scope.eligible, .seen] {
      guard let path = try path(scope, keys, snapshot) else { continue }
      let decided = try decided(keys, snapshot)
      return answer(path, decided.isEmpty ? try obstacles(on: path, snapshot) : decided)
    }
    let decided = try decided(keys, snapshot)
    return answer([], decided.isEmpty ? [.noPath] : decided)
  }

  private func path(
    _ scope: IdentityPathFinder.Scope, _ keys: (IdentifierKey, IdentifierKey), _ snapshot: borrowing Snapshot
  ) throws -> [IdentityStep]? {
    try IdentityPathFinder(grouping: grouping, scope: scope).path(from: keys.0, to: keys.1, in: snapshot)
  }

  /// A decision about the two themselves, which comes before all else.
  private func decided(
    _ keys: (IdentifierKey, IdentifierKey), _ snapshot: borrowing Snapshot
  ) throws -> [IdentityExplanation.Obstacle] {
    try snapshot.decisions(about: keys.0).filter { $0.other == keys.1 && $0.state.decision?.verdict == .unlinked }
      .map { .unlinked(try snapshot.identifier(at: keys.0), try snapshot.identifier(at: keys.1), $0.state) }
  }

  /// What stands in the way of a path, each identifier named once.
  private func obstacles(
    on path: [IdentityStep], _ snapshot: borrowing Snapshot
  ) throws -> [IdentityExplanation.Obstacle] {
    var named: Set<Identifier> = []
    return try path.flatMap { try obstacles(of: $0, snapshot) }.filter { obstacle in
      switch obstacle {
      case .shared(let identifier, _), .blocked(let identifier): named.insert(identifier).inserted
      default: true
      }
    }
  }

  /// What keeps a step from making one person of its ends.
  private func obstacles(
    of step: IdentityStep, _ snapshot: borrowing Snapshot
  ) throws -> [IdentityExplanation.Obstacle] {
    guard let from = try snapshot.personKey(of: step.from), let to = try snapshot.personKey(of: step.to), from != to
    else { return [] }
    // A decision holds whatever the rules say of its ends.
    guard case .link = step.evidence else {
      return try ConflictReason.between(from, to, rules, in: snapshot).map { [.conflict(step, $0)] } ?? []
    }
    var found: [IdentityExplanation.Obstacle] = []
    for end in [step.from, step.to] {
      switch try snapshot.standing(of: end) {
      case .linking: break
      case .shared: found.append(.shared(try snapshot.identifier(at: end), seen: try seen(with: end, snapshot)))
      case .blocked: found.append(.blocked(try snapshot.identifier(at: end)))
      }
    }
    guard found.isEmpty else { return found }
    let (a, b) = (try snapshot.identifier(at: step.from), try snapshot.identifier(at: step.to))
    guard grouping.mayLink(grouping.rank(ofType: a.type), grouping.rank(ofType: b.type)) else {
      return [.typesMayNotLink(a, b)]
    }
    return try ConflictReason.between(from, to, rules, in: snapshot).map { [.conflict(step, $0)] } ?? []
  }

  /// How many values of each type an identifier was seen with.
  package func seen(with key: IdentifierKey, _ snapshot: borrowing Snapshot) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for pair in try snapshot.links(of: key) {
      let other = pair.other(than: key)
      counts[try snapshot.identifier(at: other).type, default: 0] += 1
    }
    return counts
  }
}
