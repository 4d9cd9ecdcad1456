import GeneratedEvents
import Identity
import Testing

@Suite("Disjoint sets")
struct DisjointSetsTests {
  @Test("are the connected components that relabelling finds", arguments: 0..<60)
  func naive(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let count = random.number(1..<80)
    var sets = IndexedDisjointSets(count: count / 2)
    for _ in (count / 2)..<count { sets.append() }
    var labels = Array(0..<count)
    for _ in 0..<random.number(0..<120) {
      let (a, b) = (random.number(0..<count), random.number(0..<count))
      sets.join(a, b)
      let (left, right) = (labels[a], labels[b])
      for element in labels.indices where labels[element] == right { labels[element] = left }
    }
    for a in 0..<count {
      for b in 0..<count { #expect((sets.root(a) == sets.root(b)) == (labels[a] == labels[b])) }
    }
  }
}
