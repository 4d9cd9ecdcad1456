import Hashing
import Identity
import ReadModels

/// Everything that is connected with a few identifiers by links and decisions that count: who is one person there depends
/// on nothing else.
struct Component {
  private let grouping: GroupingRules
  private(set) var graph = IdentityGraph()
  /// In the order in which the graph knows them.
  private(set) var links: [LinkKey] = []
  /// The keys of the people that its identifiers belonged to so far; new ones stand for themselves.
  private(set) var labels: Set<Hash128> = []
  private var indices: [Hash128: Int] = [:]
  private var hasDecisions = false
  private var decisions: [(key: LinkKey, stamp: Stamp, isLink: Bool)] = []

  init(_ grouping: GroupingRules) { self.grouping = grouping }

  /// Takes in the identifiers and all that is connected with them. O(identifiers + links).
  mutating func grow(from seeds: [Hash128], in rows: borrowing some RowReading & ~Copyable) throws {
    hasDecisions = try !rows.isEmpty(rows.tables.decisions)
    for seed in seeds { try add(seed, rows) }
    var found: [(key: LinkKey, firstSeen: Int64)] = []
    var next = 0
    while next < graph.keys.count {
      try visit(next, &found, rows)
      next += 1
    }
    for (link, firstSeen) in found {
      guard let a = indices[link.anchor], let b = indices[link.other] else { continue }
      links.append(link)
      graph.addLink(a, b, firstSeen: firstSeen)
    }
    for decision in decisions.sorted(by: { $1.stamp < $0.stamp }) {
      guard let a = indices[decision.key.anchor], let b = indices[decision.key.other] else { continue }
      graph.addDecision(.init(a, b, isLink: decision.isLink))
    }
  }

  /// Adds an identifier and all that it is one person with as yet: what a new rule or a shared identifier parts may be
  /// connected in no other way.
  private mutating func add(_ key: Hash128, _ rows: borrowing some RowReading & ~Copyable) throws {
    guard indices[key] == nil else { return }
    let label = try rows.label(of: key) ?? key
    guard labels.insert(label).inserted else { return try addNode(key, rows) }
    for member in try rows.members(ofLabel: label) { try addNode(member, rows) }
    try addNode(key, rows)
  }

  private mutating func addNode(_ key: Hash128, _ rows: borrowing some RowReading & ~Copyable) throws {
    guard indices[key] == nil else { return }
    indices[key] = graph.keys.count
    graph.addNode(key, rank: try rows.rank(of: key, grouping), try rows.standing(of: key))
  }

  private mutating func visit(
    _ node: Int, _ found: inout [(key: LinkKey, firstSeen: Int64)], _ rows: borrowing some RowReading & ~Copyable
  ) throws {
    let key = graph.keys[node]
    for (other, state) in hasDecisions ? try rows.decisionStates(about: key) : [] {
      guard let decision = state.decision, let stamp = state.stamp, state.isInForce else { continue }
      if decision.verdict == .linked { try add(other, rows) }
      if key < other { decisions.append((LinkKey(anchor: key, other: other), stamp, decision.verdict == .linked)) }
    }
    guard graph.standings[node] == .linking else { return }
    for (other, link) in try rows.linkStates(from: key) where try isEligible(node, other, rows) {
      found.append((LinkKey(anchor: key, other: other), link.firstSeen))
      try add(other, rows)
    }
    for other in try rows.others(of: key, in: rows.tables.backlinks) where try isEligible(node, other, rows) {
      try add(other, rows)
    }
  }

  private func isEligible(_ node: Int, _ other: Hash128, _ rows: borrowing some RowReading & ~Copyable) throws -> Bool {
    guard try rows.standing(of: other) == .linking else { return false }
    return grouping.mayLink(Int(graph.ranks[node]), try rows.rank(of: other, grouping))
  }
}
