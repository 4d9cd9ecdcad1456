/// Disjoint sets with union by size and path halving: connected components in nearly linear time
/// (Tarjan and van Leeuwen, "Worst-case analysis of set union algorithms", 1984).
package struct DisjointSets<Element: Hashable> {
  private var indices: [Element: Int] = [:]
  private var elements: [Element] = []
  private var parents: [Int] = []
  private var sizes: [Int] = []

  package init() {}

  /// Adds an element in a set of its own, unless it is there.
  @discardableResult
  package mutating func insert(_ element: Element) -> Int {
    if let index = indices[element] { return index }
    let index = elements.count
    indices[element] = index
    elements.append(element)
    parents.append(index)
    sizes.append(1)
    return index
  }

  /// Puts two elements, and all that is with them, into one set.
  package mutating func join(_ a: Element, _ b: Element) {
    let rootA = root(insert(a)), rootB = root(insert(b))
    guard rootA != rootB else { return }
    let (large, small) = sizes[rootA] >= sizes[rootB] ? (rootA, rootB) : (rootB, rootA)
    parents[small] = large
    sizes[large] += sizes[small]
  }

  private mutating func root(_ index: Int) -> Int {
    var index = index
    while parents[index] != index {
      parents[index] = parents[parents[index]]
      index = parents[index]
    }
    return index
  }

  /// All sets. O(n).
  package mutating func sets() -> [[Element]] {
    var sets: [Int: [Element]] = [:]
    for index in elements.indices { sets[root(index), default: []].append(elements[index]) }
    return Array(sets.values)
  }
}
