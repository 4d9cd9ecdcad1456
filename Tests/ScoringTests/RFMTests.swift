import GeneratedEvents
import Scoring
import Testing

@Suite("RFM")
struct RFMTests {
  @Test("equal values have equal scores, and better values no worse ones", arguments: [UInt64(1), 2, 3, 4])
  func ties(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let figures = (0..<random.number(1..<400)).map { _ in
      RFMFigures(
        recencyDays: random.number(0..<40), orders: random.number(1..<5), net: Int64(random.number(0..<9) * 100))
    }
    let cuts = RFMCuts(figures)
    for a in figures {
      for b in figures.prefix(60) {
        let (x, y) = (cuts.score(a), cuts.score(b))
        if a.orders == b.orders {
          #expect(x.f == y.f)
        } else {
          #expect((a.orders < b.orders) == (x.f < y.f) || x.f == y.f)
        }
        if a.net == b.net { #expect(x.m == y.m) }
        if a.recencyDays == b.recencyDays { #expect(x.r == y.r) }
        if a.recencyDays < b.recencyDays { #expect(x.r >= y.r) }
      }
    }
  }

  @Test("distinct values fall into fifths, whatever their number", arguments: [5, 7, 100, 1_003])
  func fifths(_ count: Int) {
    let figures = (1...count).map { RFMFigures(recencyDays: $0, orders: $0, net: Int64($0)) }
    let cuts = RFMCuts(figures)
    for score in 1...5 {
      let people = figures.count { cuts.score($0).f == score }
      #expect(abs(Double(people) - Double(count) / 5) < 1)
      #expect(figures.count { cuts.score($0).m == score } == people)
    }
  }

  @Test("1,493 who ordered once among 4,339 are one score")
  func oneTimers() {
    let figures = (0..<4_339).map { RFMFigures(recencyDays: 1, orders: $0 < 1_493 ? 1 : $0 / 200, net: 1) }
    let cuts = RFMCuts(figures)
    #expect(Set(figures.prefix(1_493).map { cuts.score($0).f }) == [1])
    #expect(cuts.f[0] == 1)
  }

  @Test("all alike, or nobody, is no trouble")
  func alike() {
    let same = RFMFigures(recencyDays: 3, orders: 1, net: 0)
    #expect(RFMCuts(Array(repeating: same, count: 9)).score(same) == RFMScore(r: 5, f: 1, m: 1))
    #expect(RFMCuts([]).score(same) == RFMScore(r: 1, f: 5, m: 1))
  }

  @Test("each of the 25 cells has one of eleven names")
  func grid() {
    var names: Set<String> = []
    for r in 1...5 { for fm in 1...5 { names.insert(RFMGrid.standard[r: r, fm: fm]) } }
    #expect(
      names == [
        "Champions", "Loyal", "Potential loyalists", "New", "Promising", "Needs attention", "About to sleep", "At risk",
        "Can't lose", "Hibernating", "Lost",
      ])
    #expect(Set(RFMGrid.standard.segments) == names && RFMGrid.standard.segments.first == "Champions")
    #expect(RFMGrid(Array(repeating: Array(repeating: "A", count: 5), count: 4)) == nil)
    #expect(RFMGrid(Array(repeating: ["A", "B", "C", "D", ""], count: 5)) == nil)
  }

  @Test("FM is the mean of F and M, halves up")
  func fm() {
    #expect(
      RFMScore(r: 1, f: 1, m: 2).fm == 2 && RFMScore(r: 1, f: 5, m: 4).fm == 5 && RFMScore(r: 1, f: 2, m: 4).fm == 3)
  }
}
