import GeneratedEvents
import Identity
import Testing

@Suite("Disjoint sets")
struct DisjointSetsTests {
  @Test("are the connected components that relabelling finds", arguments: 0..<60)
  func naive(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    var sets = DisjointSets<Int>()
    var labels: [Int: Int] = [:]
    for _ in 0..<random.number(0..<120) {
      let (a, b) = (random.number(0..<80), random.number(0..<80))
      if random.oneIn(4) {
        sets.insert(a)
        labels[a] = labels[a] ?? a
      } else {
        sets.join(a, b)
        let (left, right) = (labels[a] ?? a, labels[b] ?? b)
        labels[a] = left
        labels[b] = right
        for (element, label) in labels where label == right { labels[element] = left }
      }
    }
    let expected = Set(Dictionary(grouping: labels.keys) { labels[$0] }.values.map { Set($0) })
    let found = sets.all()
    #expect(Set(found.map { Set($0) }) == expected)
    #expect(found.reduce(0) { $0 + $1.count } == labels.count, "each element once")
  }
}
