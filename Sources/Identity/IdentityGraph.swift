package import Hashing

/// Identifiers, the links between them, and what operators decided: all of a shop's, or those of one component.
///
/// Nodes are known by their index in the order of adding. Memory: 26 bytes a node and 16 a link.
package struct IdentityGraph {
  /// Evidence that two nodes are one person, since the time of its first event in microseconds.
  package struct Link {
    package let a, b: UInt32
    package let firstSeen: Int64
  }

  /// What an operator decided about two nodes.
  package struct Decision {
    package let a, b: UInt32
    package let isLink: Bool

    package init(_ a: Int, _ b: Int, isLink: Bool) {
      self.a = UInt32(a)
      self.b = UInt32(b)
      self.isLink = isLink
    }
  }

  package private(set) var keys: [Hash128] = []
  /// See ``GroupingRules``.
  package private(set) var ranks: [UInt8] = []
  package private(set) var standings: [Standing] = []
  package private(set) var links: [Link] = []
  /// Newest first.
  package private(set) var decisions: [Decision] = []

  package init() {}

  package mutating func addNode(_ key: Hash128, rank: Int, _ standing: Standing) {
    keys.append(key)
    ranks.append(UInt8(clamping: rank))
    standings.append(standing)
  }

  /// Adds a link between two nodes, each pair once.
  package mutating func addLink(_ a: Int, _ b: Int, firstSeen: Int64) {
    links.append(Link(a: UInt32(a), b: UInt32(b), firstSeen: firstSeen))
  }

  /// Adds what was decided about two nodes, each pair once, the newest decision first.
  package mutating func addDecision(_ decision: Decision) { decisions.append(decision) }

  /// Finds the nodes that are shared: all that were seen with each must be in the graph. O(nodes x types + links).
  package mutating func findShared(_ rules: GroupingRules) {
    var seen = NeighbourCounts(self, rules)
    for link in links {
      seen.count(Int(link.b), at: Int(link.a))
      seen.count(Int(link.a), at: Int(link.b))
    }
    for node in standings.indices where standings[node] == .linking && seen.isShared(node) { standings[node] = .shared }
  }

  /// Whether a link may join its ends, as far as they themselves decide.
  package func isEligible(_ link: Link, _ rules: GroupingRules) -> Bool {
    let (a, b) = (Int(link.a), Int(link.b))
    return standings[a] == .linking && standings[b] == .linking && rules.mayLink(Int(ranks[a]), Int(ranks[b]))
  }
}

/// Counts with how many others each node was seen, and with how many of those ranks that a rule counts.
private struct NeighbourCounts {
  private let rules: GroupingRules
  private let ranks: [UInt8]
  private let isCounted: [Bool]
  /// By rank, the column of its counts; -1 for ranks that no rule counts.
  private var columns: [Int]
  private let width: Int
  private var counts: [UInt32]

  init(_ graph: IdentityGraph, _ rules: GroupingRules) {
    self.rules = rules
    ranks = graph.ranks
    isCounted = graph.standings.map { $0 != .blocked }
    columns = [Int](repeating: -1, count: 256)
    // Column 0 counts all ranks together.
    var next = 1
    for rank in 0..<256 {
      for rule in rules.sharing(rank) where columns[rule.rank] < 0 {
        columns[rule.rank] = next
        next += 1
      }
    }
    width = next
    counts = [UInt32](repeating: 0, count: graph.keys.count * next)
  }

  mutating func count(_ other: Int, at node: Int) {
    guard isCounted[other] else { return }
    counts[node * width] += 1
    let column = columns[Int(ranks[other])]
    if column > 0 { counts[node * width + column] += 1 }
  }

  func isShared(_ node: Int) -> Bool {
    let rank = Int(ranks[node])
    if Int(counts[node * width]) > rules.linksMax(rank) { return true }
    return rules.sharing(rank).contains { Int(counts[node * width + columns[$0.rank]]) > $0.max }
  }
}
