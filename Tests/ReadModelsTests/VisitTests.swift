import GeneratedEvents
import ReadModels
import Testing

@Suite("Visits")
struct VisitTests {
  @Test("A pause of half an hour continues a visit and a longer one begins another")
  func gap() throws {
    let half = 1800.0
    #expect(try visits(at: [0, half]) == 1)
    #expect(try visits(at: [0, half + 1]) == 2)
    #expect(try visits(at: [0, half, 2 * half, 3 * half]) == 1)
  }

  @Test("An event between two visits makes them one")
  func bridge() throws {
    #expect(try visits(at: [0, 3000]) == 2)
    #expect(try visits(at: [0, 3000, 1500]) == 1)
  }

  @Test("Only browsing makes visits")
  func browsing() throws {
    let others = [
      "order.placed", "email.opened", "customer.updated", "lead.captured", "ticket.opened", "survey.answered",
    ]
    #expect(try foldedIdentifier(others.map { event($0) }).visits.isEmpty)
  }

  @Test("Visits are those of a naive count, whatever the order and the parts", arguments: 0..<40)
  func naive(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let times = (0..<random.number(1..<80)).map { _ in Int64(random.number(0..<90_000)) * 1_000_000 }
    var parts = [VisitSet(), VisitSet(), VisitSet()]
    for time in times { parts[random.number(0..<3)].insert(time) }
    var whole = parts[0]
    whole.merge(parts[1])
    whole.merge(parts[2])
    let sorted = times.sorted()
    let starts = sorted.indices.filter { $0 == 0 || sorted[$0] - sorted[$0 - 1] > 1_800_000_000 }.map { sorted[$0] }
    #expect(Array(whole.starts) == starts)
    #expect(whole.count == starts.count)
  }

  private func visits(at seconds: [Double]) throws -> Int {
    try foldedIdentifier(seconds.map { event("page.viewed", at: $0, id: "\($0)") }).visits.count
  }
}
