import Hashing

/// Who is one person.
package struct Resolution {
  /// By node, the node that stands for the person: two have the same exactly if they are one person.
  package let roots: [Int]
  /// The indices of links that would have broken a limit or a decision, ascending.
  package let refused: [Int]
}

extension IdentityGraph {
  /// Groups the nodes into people.
  ///
  /// Decisions come first, the newest before all others; then links from the strongest to the weakest, each joining what
  /// it links unless that breaks a limit or a decision. This is Kruskal's algorithm ("On the shortest spanning subtree of
  /// a graph and the traveling salesman problem", 1956) with constraints. The order follows from ranks, the times of first
  /// events and keys, so the result depends on nothing but the set of events. O(links log links).
  package func resolve(_ rules: GroupingRules) -> Resolution {
    var people = ConstrainedSets(ranks: ranks, limits: rules.limits)
    for decision in decisions {
      let (a, b) = (Int(decision.a), Int(decision.b))
      if decision.isLink { people.joinByDecision(a, b) } else { people.keepApart(a, b) }
    }
    let eligible = links.indices.filter { isEligible(links[$0], rules) }
    for index in inOrder(eligible) { people.join(Int(links[index].a), Int(links[index].b)) }
    return Resolution(
      roots: keys.indices.map { people.root($0) },
      refused: eligible.filter { people.root(Int(links[$0].a)) != people.root(Int(links[$0].b)) })
  }

  /// Links by strength: that of the stronger end first, then of the weaker one; then the one seen first.
  private func inOrder(_ indices: [Int]) -> [Int] {
    let places = indices.map { index in
      let link = links[index]
      let (a, b) = (UInt16(ranks[Int(link.a)]), UInt16(ranks[Int(link.b)]))
      return (strength: min(a, b) << 8 | max(a, b), firstSeen: link.firstSeen, index: index)
    }
    return places.sorted { a, b in
      if a.strength != b.strength { return a.strength < b.strength }
      if a.firstSeen != b.firstSeen { return a.firstSeen < b.firstSeen }
      return ends(a.index) < ends(b.index)
    }.map(\.index)
  }

  private func ends(_ index: Int) -> (Hash128, Hash128) {
    let (a, b) = (keys[Int(links[index].a)], keys[Int(links[index].b)])
    return (min(a, b), max(a, b))
  }
}
