/// Disjoint sets that are not joined where that would break a limit or part what is to be kept apart.
///
/// A set that was refused another stays refused as both grow; see docs/decisions for what follows from that.
struct ConstrainedSets {
  private var sets: IndexedDisjointSets
  private let limits: [Int]
  /// By root, how many members have each of the limited ranks.
  private var counts: [UInt32]
  /// By root, the nodes that must stay out of the set.
  private var apart: [Int: [Int]] = [:]

  init(ranks: [UInt8], limits: [(rank: Int, max: Int)]) {
    sets = IndexedDisjointSets(count: ranks.count)
    self.limits = limits.map(\.max)
    counts = [UInt32](repeating: 0, count: ranks.count * limits.count)
    for (column, limit) in limits.enumerated() {
      for node in ranks.indices where Int(ranks[node]) == limit.rank { counts[node * limits.count + column] = 1 }
    }
  }

  mutating func root(_ node: Int) -> Int { sets.root(node) }

  /// Joins the sets of two nodes unless a limit or a decision forbids it.
  mutating func join(_ a: Int, _ b: Int) {
    let (rootA, rootB) = (sets.root(a), sets.root(b))
    guard rootA != rootB, fitsLimits(rootA, rootB), !areApart(rootA, rootB) else { return }
    unite(rootA, rootB)
  }

  /// Joins the sets of two nodes whatever the limits, unless a newer decision keeps them apart.
  mutating func joinByDecision(_ a: Int, _ b: Int) {
    let (rootA, rootB) = (sets.root(a), sets.root(b))
    guard rootA != rootB, !areApart(rootA, rootB) else { return }
    unite(rootA, rootB)
  }

  /// Keeps two nodes in different sets, unless newer decisions have joined them.
  mutating func keepApart(_ a: Int, _ b: Int) {
    let (rootA, rootB) = (sets.root(a), sets.root(b))
    guard rootA != rootB else { return }
    apart[rootA, default: []].append(b)
    apart[rootB, default: []].append(a)
  }

  private func fitsLimits(_ a: Int, _ b: Int) -> Bool {
    for (column, max) in limits.enumerated() {
      let (inA, inB) = (counts[a * limits.count + column], counts[b * limits.count + column])
      if inA > 0, inB > 0, Int(inA + inB) > max { return false }
    }
    return true
  }

  private mutating func areApart(_ a: Int, _ b: Int) -> Bool {
    guard let nodes = apart[a] else { return false }
    for node in nodes where sets.root(node) == b { return true }
    return false
  }

  private mutating func unite(_ a: Int, _ b: Int) {
    sets.join(a, b)
    let root = sets.root(a)
    let other = root == a ? b : a
    for column in limits.indices { counts[root * limits.count + column] += counts[other * limits.count + column] }
    guard let moved = apart.removeValue(forKey: other) else { return }
    apart[root, default: []].append(contentsOf: moved)
  }
}
