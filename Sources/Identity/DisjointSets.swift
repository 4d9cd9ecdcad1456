/// Disjoint sets over values of any kind; see ``IndexedDisjointSets``.
package struct DisjointSets<Element: Hashable> {
  private var indices: [Element: Int] = [:]
  private var elements: [Element] = []
  private var sets = IndexedDisjointSets(count: 0)

  package init() {}

  /// Adds an element in a set of its own, unless it is there. Returns its index.
  @discardableResult
  package mutating func insert(_ element: Element) -> Int {
    if let index = indices[element] { return index }
    let index = elements.count
    indices[element] = index
    elements.append(element)
    sets.append()
    return index
  }

  /// Puts two elements, and all that is with them, into one set.
  package mutating func join(_ a: Element, _ b: Element) {
    sets.join(insert(a), insert(b))
  }

  /// All sets, in no particular order. O(n).
  package mutating func all() -> [[Element]] {
    var found: [Int: [Element]] = [:]
    for index in elements.indices { found[sets.root(index), default: []].append(elements[index]) }
    return Array(found.values)
  }
}
