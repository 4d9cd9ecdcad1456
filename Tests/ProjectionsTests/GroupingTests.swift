import Events
import GeneratedEvents
import Identity
import Projections
import ReadModels
import Testing

/// Who is who, on shops small enough that identifiers are shared, rules are broken and operators contradict each other
/// all the time. Each argument is a seed.
@Suite("Who is one person")
struct GroupingTests {
  @Test("does not depend on batches, nor on the order in which events arrive", arguments: 0..<40)
  func batching(seed: Int) throws {
    var generator = generator(seed)
    let events = generator.events(400)
    let whole = try ProfileContents(TestStore(events).project())
    let store = try TestStore()
    let generation = try store.project()
    var rest = events.shuffled(using: &generator.random)[...]
    while !rest.isEmpty {
      let count = min(rest.count, generator.random.number(1..<[10, 60, 200][seed % 3]))
      try store.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
      try store.catchUp(generation)
    }
    let grown = try ProfileContents(generation)
    #expect(grown.unlinkable == whole.unlinkable)
    #expect(grown.membership == whole.membership)
    #expect(grown.conflicts == whole.conflicts)
    #expect(grown.people == whole.people)
    #expect(grown == whole)
  }

  @Test("is what the rules say, link by link", arguments: 0..<40)
  func rules(seed: Int) throws {
    var generator = generator(seed)
    let events = generator.events(250)
    let reference = try Reference(events)
    let found = try ProfileContents(TestStore(events).project())
    let groups = reference.grouping.people(Set(reference.identifiers.keys), .standard)
    #expect(Set(found.membership.values) == Set(groups.map { Set($0.map { IdentifierKey($0) }) }))
    #expect(found.people == reference.people().mapValues(\.person))
  }

  private func generator(_ seed: Int) -> EventGenerator {
    var generator = EventGenerator(seed: UInt64(7000 + seed))
    generator.people = 4 + seed % 25
    generator.decisionShare = [0, 40, 10, 4][seed % 4]
    return generator
  }
}
