import Events
import GeneratedEvents
import Hashing
import Identity
import Testing

/// Laws of grouping, on random graphs without a store. Each argument is a seed.
@Suite("Grouping a graph of identifiers")
struct IdentityGraphTests {
  @Test("does not depend on the order in which identifiers and links are added", arguments: 0..<60)
  func order(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let parts = GraphParts(&random)
    let (graph, rules) = (parts.graph, parts.rules)
    let resolution = graph.resolve(rules)
    for _ in 0..<3 {
      let shuffled = parts.shuffled(&random).graph
      let other = shuffled.resolve(rules)
      #expect(shuffled.people(other) == graph.people(resolution))
      #expect(shuffled.refusedPairs(other) == graph.refusedPairs(resolution))
    }
  }

  @Test("changes nothing when a link is added between two of one person", arguments: 0..<60)
  func linkInside(seed: Int) {
    var random = SeededGenerator(seed: UInt64(100 + seed))
    let parts = GraphParts(&random)
    let (graph, rules) = (parts.graph, parts.rules)
    let resolution = graph.resolve(rules)
    let linked = Set(graph.links.map { graph.pair(Int($0.a), Int($0.b)) })
    let pairs = graph.pairs(of: resolution, where: ==).filter { !linked.contains(graph.pair($0.0, $0.1)) }
    guard !pairs.isEmpty else { return }
    var more = graph
    let (a, b) = random.pick(pairs)
    more.addLink(a, b, firstSeen: Int64(random.number(0..<5)))
    let other = more.resolve(rules)
    #expect(more.people(other) == graph.people(resolution))
    #expect(more.refusedPairs(other) == graph.refusedPairs(resolution))
  }

  @Test("changes nothing when what it found is decided", arguments: 0..<60)
  func decidedAsFound(seed: Int) {
    var random = SeededGenerator(seed: UInt64(200 + seed))
    let parts = GraphParts(&random)
    let (graph, rules) = (parts.graph, parts.rules)
    let resolution = graph.resolve(rules)
    for isLink in [true, false] {
      let pairs = graph.pairs(of: resolution, where: isLink ? (==) : (!=)).filter { !parts.isDecided($0.0, $0.1) }
      guard !pairs.isEmpty else { continue }
      let (a, b) = random.pick(pairs)
      var decided = parts
      decided.decisions.insert((a, b, isLink), at: 0)
      #expect(decided.graph.people(decided.graph.resolve(rules)) == graph.people(resolution))
    }
  }

  @Test("never gives a person more values of a type than the limit, unless decisions did", arguments: 0..<60)
  func limits(seed: Int) {
    var random = SeededGenerator(seed: UInt64(300 + seed))
    let parts = GraphParts(&random)
    let (graph, rules) = (parts.graph, parts.rules)
    let resolution = graph.resolve(rules)
    let classes = graph.nodes(of: resolution)
    var decided = parts
    decided.links = []
    let decisions = decided.graph.resolve(rules)
    for (rank, max) in rules.limits {
      for nodes in classes.values {
        let limited = nodes.filter { Int(graph.ranks[$0]) == rank }
        guard limited.count > max else { continue }
        let origins = Set(limited.map { decisions.roots[$0] })
        #expect(origins.count == 1, "evidence brought \(limited.count) of rank \(rank) together; the limit is \(max)")
      }
    }
  }

  @Test("refuses a link only where a limit or a decision keeps its ends apart", arguments: 0..<60)
  func refused(seed: Int) {
    var random = SeededGenerator(seed: UInt64(400 + seed))
    let parts = GraphParts(&random)
    let (graph, rules) = (parts.graph, parts.rules)
    let resolution = graph.resolve(rules)
    let classes = graph.nodes(of: resolution)
    let refused = Set(resolution.refused)
    #expect(resolution.refused == refused.sorted(), "ascending, each once")
    for (index, link) in graph.links.enumerated() {
      let (rootA, rootB) = (resolution.roots[Int(link.a)], resolution.roots[Int(link.b)])
      guard graph.isEligible(link, rules) else {
        #expect(!refused.contains(index))
        continue
      }
      #expect(refused.contains(index) == (rootA != rootB), "an eligible link joins or is refused")
      guard rootA != rootB else { continue }
      let (a, b) = (classes[rootA] ?? [], classes[rootB] ?? [])
      let breaksLimit = rules.limits.contains { rank, max in
        let (inA, inB) = (a.count { Int(graph.ranks[$0]) == rank }, b.count { Int(graph.ranks[$0]) == rank })
        return inA > 0 && inB > 0 && inA + inB > max
      }
      let isDecided = parts.decisions.contains { first, second, isLink in
        !isLink && Set([resolution.roots[first], resolution.roots[second]]) == [rootA, rootB]
      }
      #expect(breaksLimit || isDecided)
    }
  }

  @Test("lets the newest decision stand, and every one that no newer ones contradict", arguments: 0..<60)
  func decisions(seed: Int) {
    var random = SeededGenerator(seed: UInt64(500 + seed))
    let parts = GraphParts(&random)
    let resolution = parts.graph.resolve(parts.rules)
    guard let (a, b, isLink) = parts.decisions.first else { return }
    #expect((resolution.roots[a] == resolution.roots[b]) == isLink)
    // Alone, without links, a naive search finds what decisions make of people.
    var alone = parts
    alone.links = []
    let found = alone.graph.people(alone.graph.resolve(parts.rules))
    var people = parts.graph.keys.indices.map { Set([$0]) }
    var apart: [Set<Int>] = []
    for (a, b, isLink) in parts.decisions {
      guard let homeA = people.firstIndex(where: { $0.contains(a) }),
        let homeB = people.firstIndex(where: { $0.contains(b) }), homeA != homeB
      else { continue }
      if !isLink { apart.append([a, b]) }
      let union = people[homeA].union(people[homeB])
      guard isLink, !apart.contains(where: { $0.isSubset(of: union) }) else { continue }
      people[homeA] = union
      people.remove(at: homeB)
    }
    #expect(found == Set(people.map { Set($0.map { parts.graph.keys[$0] }) }))
  }

  @Test("links nobody by an identifier that is shared or blocked", arguments: 0..<30)
  func standings(seed: Int) {
    var random = SeededGenerator(seed: UInt64(600 + seed))
    var parts = GraphParts(&random)
    parts.decisions = []
    let graph = parts.graph
    let resolution = graph.resolve(parts.rules)
    for (node, standing) in graph.standings.enumerated() where standing != .linking {
      #expect(resolution.roots.count { $0 == resolution.roots[node] } == 1)
    }
  }

  @Test("finds shared what a naive count finds, and leaves blocked what is blocked", arguments: 0..<60)
  func shared(seed: Int) {
    var random = SeededGenerator(seed: UInt64(700 + seed))
    let parts = GraphParts(&random)
    let graph = parts.graph
    for node in graph.keys.indices {
      let others = parts.links.compactMap { $0.a == node ? $0.b : $0.b == node ? $0.a : nil }
        .filter { parts.nodes[$0].standing != .blocked }
      let type = parts.types.indices.contains(parts.nodes[node].rank) ? parts.types[parts.nodes[node].rank] : nil
      let isShared =
        others.count > type?.linksMax ?? IdentifierType.standardLinksMax
        || type?.sharedAbove.contains { name, max in
          others.count { other in parts.types.firstIndex { $0.name == name } == parts.nodes[other].rank } > max
        } ?? false
      let expected: Standing = parts.nodes[node].standing == .blocked ? .blocked : isShared ? .shared : .linking
      #expect(graph.standings[node] == expected)
    }
  }

  @Test("of nothing finds nobody")
  func empty() {
    var graph = IdentityGraph()
    let rules = GroupingRules(IdentifierRules.standard.types)
    graph.findShared(rules)
    let resolution = graph.resolve(rules)
    #expect(resolution.roots.isEmpty && resolution.refused.isEmpty)
  }
}

@Suite("The rules of grouping")
struct GroupingRulesTests {
  @Test("let two types be linked only where both allow it")
  func mayLink() {
    let rules = GroupingRules([
      IdentifierType(name: "a", linksWith: ["b", "c"]), IdentifierType(name: "b"),
      IdentifierType(name: "c", linksWith: ["b"]), IdentifierType(name: "d"),
    ])
    func allowed(_ a: Int) -> [Int] { (0..<5).filter { rules.mayLink(a, $0) } }
    #expect(allowed(0) == [1, 4])
    #expect(allowed(1) == [0, 1, 2, 3, 4])
    #expect(allowed(2) == [1, 4])
    #expect(allowed(3) == [1, 3, 4], "4 is the rank of types that the configuration does not name")
    for (a, b) in [(0, 1), (0, 2), (1, 2), (2, 3)] { #expect(rules.mayLink(a, b) == rules.mayLink(b, a)) }
  }

  @Test("rank types from the strongest, and all that are not named behind them")
  func ranks() {
    let rules = GroupingRules(IdentifierRules.standard.types)
    #expect(rules.rank(ofType: "customer_id") == 0 && rules.rank(ofType: "anonymous_id") == 6)
    #expect(rules.rank(ofType: "fax") == 7 && rules.linksMax(7) == IdentifierType.standardLinksMax)
    #expect(rules.sharing(7).isEmpty)
    #expect(rules.limits.map(\.rank) == [0, 3] && rules.limits.map(\.max) == [1, 1])
    #expect(rules.sharing(1).map(\.rank) == [0] && rules.sharing(1).map(\.max) == [1])
  }
}

/// The parts of a random graph, and random rules.
private struct GraphParts {
  var nodes: [(key: Hash128, rank: Int, standing: Standing)] = []
  var links: [(a: Int, b: Int, firstSeen: Int64)] = []
  /// Newest first.
  var decisions: [(a: Int, b: Int, isLink: Bool)] = []
  let types: [IdentifierType]

  init(_ random: inout SeededGenerator) {
    let names = ["a", "b", "c", "d"]
    types = names.map { name in
      var sharedAbove: [String: Int] = [:]
      for other in names where random.oneIn(4) { sharedAbove[other] = random.number(1..<4) }
      return IdentifierType(
        name: name, limit: random.pick([nil, 1, 2]), sharedAbove: sharedAbove, linksMax: random.pick([4, 8, 1000]),
        linksWith: random.oneIn(5) ? Set(names.filter { _ in !random.oneIn(4) }) : nil)
    }
    let count = random.number(2..<40)
    nodes = (0..<count).map { _ in
      // Few high words, so that keys differ in their low words only.
      let key = Hash128(high: UInt64(random.number(0..<3)), low: random.next())
      return (key, random.number(0..<5), random.oneIn(15) ? .blocked : .linking)
    }
    var pairs: Set<[Int]> = []
    for _ in 0..<random.number(0..<70) {
      let (a, b) = (random.number(0..<count), random.number(0..<count))
      guard a != b, pairs.insert([min(a, b), max(a, b)]).inserted else { continue }
      links.append((a, b, Int64(random.number(0..<5))))
    }
    pairs = []
    for _ in 0..<random.number(0..<12) {
      let (a, b) = (random.number(0..<count), random.number(0..<count))
      guard a != b, pairs.insert([min(a, b), max(a, b)]).inserted else { continue }
      decisions.append((a, b, random.oneIn(2)))
    }
  }

  var rules: GroupingRules { GroupingRules(types) }

  func isDecided(_ a: Int, _ b: Int) -> Bool { decisions.contains { Set([$0.a, $0.b]) == [a, b] } }

  /// The graph with what is shared in it found.
  var graph: IdentityGraph {
    var graph = IdentityGraph()
    for node in nodes { graph.addNode(node.key, rank: node.rank, node.standing) }
    for link in links { graph.addLink(link.a, link.b, firstSeen: link.firstSeen) }
    for decision in decisions { graph.addDecision(.init(decision.a, decision.b, isLink: decision.isLink)) }
    graph.findShared(rules)
    return graph
  }

  /// The same graph with its nodes and links in another order, and ends swapped.
  func shuffled(_ random: inout SeededGenerator) -> GraphParts {
    var parts = self
    let order = Array(nodes.indices).shuffled(using: &random)
    var places = order
    for (place, node) in order.enumerated() { places[node] = place }
    parts.nodes = order.map { nodes[$0] }
    parts.links = links.map { (places[$0.a], places[$0.b], $0.firstSeen) }.shuffled(using: &random)
      .map { random.oneIn(2) ? $0 : ($0.1, $0.0, $0.2) }
    parts.decisions = decisions.map {
      random.oneIn(2) ? (places[$0.a], places[$0.b], $0.isLink) : (places[$0.b], places[$0.a], $0.isLink)
    }
    return parts
  }
}

extension IdentityGraph {
  func pair(_ a: Int, _ b: Int) -> Set<Hash128> { [keys[a], keys[b]] }

  /// By root, the nodes of each person.
  func nodes(of resolution: Resolution) -> [Int: [Int]] {
    Dictionary(grouping: keys.indices) { resolution.roots[$0] }
  }

  /// The keys of each person.
  func people(_ resolution: Resolution) -> Set<Set<Hash128>> {
    Set(nodes(of: resolution).values.map { Set($0.map { keys[$0] }) })
  }

  func refusedPairs(_ resolution: Resolution) -> Set<Set<Hash128>> {
    Set(resolution.refused.map { pair(Int(links[$0].a), Int(links[$0].b)) })
  }

  /// All pairs of linking nodes whose people are the same, or are not.
  func pairs(of resolution: Resolution, where condition: (Int, Int) -> Bool) -> [(Int, Int)] {
    keys.indices.flatMap { a in
      keys.indices.filter { $0 > a && condition(resolution.roots[a], resolution.roots[$0]) }.map { (a, $0) }
    }
  }
}
