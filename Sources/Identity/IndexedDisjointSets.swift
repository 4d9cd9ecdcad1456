/// Disjoint sets over the numbers from 0, with union by size and path halving: connected components in nearly linear time
/// (Tarjan and van Leeuwen, "Worst-case analysis of set union algorithms", 1984). 8 bytes a number.
package struct IndexedDisjointSets {
  private var parents: [UInt32]
  private var sizes: [UInt32]

  /// `count` sets of one number each; fewer than 2^32. O(count).
  package init(count: Int) {
    parents = Array(0..<UInt32(count))
    sizes = Array(repeating: 1, count: count)
  }

  /// Adds the next number in a set of its own. Amortised O(1).
  package mutating func append() {
    parents.append(UInt32(parents.count))
    sizes.append(1)
  }

  /// The number that stands for the set of another. It changes when sets are joined.
  package mutating func root(_ index: Int) -> Int {
    var index = index
    while parents[index] != index {
      let grandparent = parents[Int(parents[index])]
      parents[index] = grandparent
      index = Int(grandparent)
    }
    return index
  }

  /// Makes one set of those that two numbers are in.
  package mutating func join(_ a: Int, _ b: Int) {
    let (rootA, rootB) = (root(a), root(b))
    guard rootA != rootB else { return }
    let (large, small) = sizes[rootA] >= sizes[rootB] ? (rootA, rootB) : (rootB, rootA)
    parents[small] = UInt32(large)
    sizes[large] += sizes[small]
  }
}
