import GeneratedEvents
import Projections
import ReadModels
import Testing

/// One set of events gives one set of profiles, however it arrives and however it is folded. Each argument is a seed.
@Suite("Profiles are the same")
struct EquivalenceTests {
  @Test("in one go, in small batches, and as the log grows", arguments: 0..<10)
  func batching(seed: Int) throws {
    var generator = generator(seed)
    let events = generator.events(600)
    let whole = try ProfileContents(TestStore(events).project())
    #expect(!whole.people.isEmpty)
    for statesMax in [1, 7, 100] {
      #expect(
        try ProfileContents(TestStore(events).project(statesMax: statesMax)) == whole, "batches of \(statesMax) states")
    }
    #expect(try growing(events, &generator.random) == whole)
  }

  @Test("for logs of one event and of few, which one of the two threads has less or nothing of", arguments: 1...5)
  func few(count: Int) throws {
    var generator = generator(count)
    let events = generator.events(count)
    let whole = try ProfileContents(TestStore(events).project())
    #expect(try growing(events, &generator.random) == whole)
    #expect(whole.people.values.reduce(0) { $0 + $1.events } <= count)
  }

  @Test("from logs that hold the events in different orders", arguments: 0..<10)
  func order(seed: Int) throws {
    var generator = generator(seed)
    let events = generator.events(600)
    let whole = try ProfileContents(TestStore(events).project())
    for statesMax in [nil, 25] {
      let shuffled = try TestStore(events.shuffled(using: &generator.random))
      #expect(try ProfileContents(shuffled.project(statesMax: statesMax)) == whole)
    }
    #expect(try growing(events.shuffled(using: &generator.random), &generator.random) == whole)
  }

  @Test("when a new generation is built beside the live one", arguments: 0..<3)
  func rebuild(seed: Int) throws {
    var generator = generator(seed)
    let store = try TestStore(generator.events(300))
    _ = try store.project(statesMax: 50)
    try store.append(generator.events(300))
    let live = try store.project(statesMax: 50)
    let rebuilt = try store.generations.createNext()
    try store.catchUp(rebuilt)
    #expect(try ProfileContents(rebuilt) == ProfileContents(live))
  }

  @Test("and change as soon as one event more is folded", arguments: 0..<5)
  func sensitivity(seed: Int) throws {
    var generator = generator(seed)
    let store = try TestStore(generator.events(100))
    let before = try ProfileContents(store.project()).digest
    try store.append([generator.event()])
    #expect(try ProfileContents(store.project()).digest != before)
  }

  private func generator(_ seed: Int) -> EventGenerator {
    var generator = EventGenerator(seed: UInt64(1000 + seed))
    generator.people = 10 + seed * 25
    generator.entities = 15 + seed * 15
    return generator
  }

  /// The log grows by random pieces, and each is folded before the next arrives.
  private func growing(_ events: [GeneratedEvent], _ random: inout SeededGenerator) throws -> ProfileContents {
    let store = try TestStore()
    let generation = try store.project()
    var rest = events[...]
    while !rest.isEmpty {
      let count = min(rest.count, random.number(1..<90))
      try store.append(Array(rest.prefix(count)))
      rest = rest.dropFirst(count)
      try store.catchUp(generation, statesMax: random.pick([nil, 3, 20]))
    }
    return try ProfileContents(generation)
  }
}
