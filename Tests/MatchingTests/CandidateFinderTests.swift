import GeneratedEvents
import Matching
import Testing

@Suite("The finder of possible duplicates")
struct CandidateFinderTests {
  @Test("finds the same pairs with the same scores in whatever order records are added", arguments: 0..<12)
  func order(seed: Int) {
    var crowd = Crowd(seed: seed)
    let records = people(&crowd, 400)
    let order = Array(records.indices).shuffled(using: &crowd.random)
    let straight = candidates(records)
    let shuffled = candidates(order.map { records[$0] }).map { found in
      let pair = [order[found.first], order[found.second]].sorted()
      return Pair(first: pair[0], second: pair[1], score: found.score, reasons: found.reasons)
    }
    let expected = straight.map { Pair(first: $0.first, second: $0.second, score: $0.score, reasons: $0.reasons) }
    #expect(!expected.isEmpty, "seed \(seed)")
    #expect(Set(shuffled) == Set(expected), "seed \(seed)")
  }

  @Test("gives each pair once, best first, and none below the least score", arguments: 0..<6)
  func sorted(seed: Int) {
    var crowd = Crowd(seed: seed)
    let found = candidates(people(&crowd, 400), minimumScore: 0.2)
    #expect(found.allSatisfy { $0.score >= 0.2 && $0.score <= 1 && $0.first < $0.second })
    #expect(Set(found.map { [$0.first, $0.second] }).count == found.count)
    for (a, b) in zip(found, found.dropFirst()) {
      #expect((-a.score, a.first, a.second) < (-b.score, b.first, b.second), "seed \(seed)")
    }
  }

  @Test("a higher least score takes only pairs away", arguments: 0..<6)
  func threshold(seed: Int) {
    var crowd = Crowd(seed: seed)
    let records = people(&crowd, 300)
    let all = candidates(records, minimumScore: 0.000_001)
    for least in [0.01, 0.1, 0.5, 0.9] {
      #expect(candidates(records, minimumScore: least) == all.filter { $0.score >= least }, "seed \(seed)")
    }
  }

  @Test("does not compare all who have a common name, and still finds the duplicates among them")
  func commonName() {
    var crowd = Crowd(seed: 3)
    var records = (0..<5_000).map { _ in MatchRecord(name: "Nguyễn Văn An", birthday: crowd.birthday()) }
    records.append(records[17])
    let clock = ContinuousClock()
    var found: [MatchCandidate] = []
    let time = clock.measure { found = candidates(records, minimumScore: 0.000_001) }
    #expect(found.contains { $0.first == 17 && $0.second == 5_000 })
    #expect(found.count < 64 * records.count)
    #expect(time < .seconds(60))
  }

  @Test("skips blocks that are too big to compare")
  func bigBlock() {
    #expect(candidates((0..<65).map { _ in MatchRecord(name: "Nguyễn Văn An") }, minimumScore: 0).isEmpty)
    #expect(candidates((0..<64).map { _ in MatchRecord(name: "Nguyễn Văn An") }, minimumScore: 0).count == 64 * 63 / 2)
  }

  @Test("has nothing to say of no record, one, and records with nothing in them")
  func empty() {
    #expect(candidates([]).isEmpty)
    #expect(candidates([MatchRecord(name: "Nguyễn Văn An")]).isEmpty)
    #expect(candidates([MatchRecord(), MatchRecord()], minimumScore: 0).isEmpty)
  }

  private struct Pair: Hashable {
    let first: Int
    let second: Int
    let score: Double
    let reasons: [MatchReason]
  }

  private func candidates(_ records: [MatchRecord], minimumScore: Double = 0.001) -> [MatchCandidate] {
    var finder = CandidateFinder()
    for record in records { finder.add(record) }
    return finder.candidates(minimumScore: minimumScore)
  }

  /// One in five is a changed copy of another.
  private func people(_ crowd: inout Crowd, _ count: Int) -> [MatchRecord] {
    var records: [MatchRecord] = []
    while records.count < count {
      var record = records.isEmpty || !crowd.random.oneIn(5) ? crowd.person() : crowd.random.pick(records)
      if crowd.random.oneIn(4) { record.birthday = nil }
      if crowd.random.oneIn(4) { record.address = crowd.address() }
      if crowd.random.oneIn(4) { record.emails = ["cat\(crowd.random.number(0..<50))@gmail.com"] }
      if crowd.random.oneIn(4) { record.name = record.name.map { $0 + "g" } }
      records.append(record)
    }
    return records
  }
}
