import Events
import Identity
import ReadModels

/// Who is one person by the rules as they are documented, with lists and loops and nothing clever.
struct ReferenceGrouping {
  struct Pair: Hashable {
    let a, b: Identifier

    init(_ a: Identifier, _ b: Identifier) { (self.a, self.b) = a < b ? (a, b) : (b, a) }
  }

  private var firstSeen: [Pair: Int64] = [:]
  private var decisions: [Pair: (stamp: Stamp, verdict: DecisionState.Verdict)] = [:]

  mutating func link(_ a: Identifier, _ b: Identifier, at time: Int64) {
    let pair = Pair(a, b)
    firstSeen[pair] = min(firstSeen[pair] ?? time, time)
  }

  mutating func decide(_ a: Identifier, _ b: Identifier, _ verdict: DecisionState.Verdict, _ stamp: Stamp) {
    let pair = Pair(a, b)
    if let known = decisions[pair], stamp < known.stamp { return }
    decisions[pair] = (stamp, verdict)
  }

  func linksNobody(_ identifiers: Set<Identifier>, _ rules: IdentifierRules) -> Bool {
    identifiers.allSatisfy { rules.isBlocked($0) || isShared($0, rules) }
  }

  private func isShared(_ identifier: Identifier, _ rules: IdentifierRules) -> Bool {
    guard let type = rules.types.first(where: { $0.name == identifier.type }) else { return false }
    let others = firstSeen.keys.compactMap { $0.a == identifier ? $0.b : $0.b == identifier ? $0.a : nil }
      .filter { !rules.isBlocked($0) }
    if others.count > type.linksMax { return true }
    return type.sharedAbove.contains { name, max in others.count { $0.type == name } > max }
  }

  /// The sets of identifiers that are one person each.
  func people(_ identifiers: Set<Identifier>, _ rules: IdentifierRules) -> [Set<Identifier>] {
    var people = identifiers.map { Set([$0]) }
    var apart: [Pair] = []
    func home(_ identifier: Identifier) -> Int? { people.firstIndex { $0.contains(identifier) } }
    func mayJoin(_ a: Set<Identifier>, _ b: Set<Identifier>) -> Bool {
      !apart.contains { a.contains($0.a) && b.contains($0.b) || a.contains($0.b) && b.contains($0.a) }
    }
    func keepsLimits(_ a: Set<Identifier>, _ b: Set<Identifier>) -> Bool {
      rules.types.allSatisfy { type in
        let (inA, inB) = (a.count { $0.type == type.name }, b.count { $0.type == type.name })
        return inA == 0 || inB == 0 || inA + inB <= type.limit ?? .max
      }
    }
    func join(_ pair: Pair, _ isAllowed: (Set<Identifier>, Set<Identifier>) -> Bool) {
      guard let a = home(pair.a), let b = home(pair.b), a != b, isAllowed(people[a], people[b]) else { return }
      people[a].formUnion(people[b])
      people.remove(at: b)
    }
    for (pair, decision) in decisions.sorted(by: { $1.value.stamp < $0.value.stamp }) {
      switch decision.verdict {
      case .linked: join(pair, mayJoin)
      case .unlinked: if home(pair.a) != home(pair.b) { apart.append(pair) }
      case .withdrawn: break
      }
    }
    for (pair, _) in strongestFirst(rules) where !linksNobody([pair.a], rules) && !linksNobody([pair.b], rules) {
      join(pair) { mayJoin($0, $1) && keepsLimits($0, $1) }
    }
    return people
  }

  private func strongestFirst(_ rules: IdentifierRules) -> [(Pair, Int64)] {
    func ranks(_ pair: Pair) -> (Int, Int) {
      let ranks = [pair.a, pair.b].map { end in rules.types.firstIndex { $0.name == end.type } ?? 99 }.sorted()
      return (ranks[0], ranks[1])
    }
    func keys(_ pair: Pair) -> (IdentifierKey, IdentifierKey) {
      let keys = [pair.a, pair.b].map { IdentifierKey($0) }.sorted()
      return (keys[0], keys[1])
    }
    return firstSeen.sorted { x, y in
      if ranks(x.key) != ranks(y.key) { return ranks(x.key) < ranks(y.key) }
      if x.value != y.value { return x.value < y.value }
      return keys(x.key) < keys(y.key)
    }.map { ($0.key, $0.value) }
  }
}
