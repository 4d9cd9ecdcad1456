import BinaryCoding
import Events
import GeneratedEvents
import ReadModels
import Testing

/// Each argument is the seed of the random events.
@Suite("Events of types that need no schema")
struct CustomEventTests {
  @Test("are counted by type, with the first and the last of each, whatever lies between", arguments: 0..<20)
  func reference(seed: Int) throws {
    var generator = EventGenerator(seed: UInt64(seed))
    let events = generator.events(200)
    let custom = try foldedIdentifier(events).custom
    let groups = Dictionary(grouping: events.filter { $0.type.hasPrefix("custom.") }) { $0.type.dropFirst(7) }
    #expect(custom.byName.count == groups.count && custom.others == nil, "seed \(seed)")
    for (name, events) in groups {
      let figures = try #require(custom[String(name)])
      #expect(figures.count == events.count, "\(name), seed \(seed)")
      #expect(figures.first == events.map(\.time).min() && figures.last == events.map(\.time).max())
    }
  }

  @Test("of a person are those of all identifiers together", arguments: 0..<10)
  func person(seed: Int) throws {
    var generator = EventGenerator(seed: UInt64(seed))
    let parts = (0..<3).map { _ in generator.events(80) }
    let states = try parts.enumerated().map { number, events in
      try foldedIdentifier(events, as: Identifier(type: "email", value: "\(number)@example.com"))
    }
    let person = Person(identifiers: states.shuffled(using: &generator.random))
    #expect(person.custom == (try foldedIdentifier(parts.flatMap(\.self)).custom), "seed \(seed)")
    #expect(try person.encoded().withUnsafeBytes { try Person(decoding: $0) }.custom == person.custom)
  }

  @Test("are those whose names go on behind the prefix, and no others")
  func names() throws {
    let types = [
      "custom.a", "custom.a.b", "custom.a", "customer.updated", "custom", "custom.", "custom_a.b", "quiz.custom.a",
    ]
    let custom = try foldedIdentifier(types.enumerated().map { event($1, at: Double($0)) }).custom
    #expect(custom.byName.mapValues(\.count) == ["a": 2, "a.b": 1])
    #expect(custom[""] == nil && custom["b"] == nil)
  }

  @Test("are counted as one beyond the types that are told apart, and none is lost")
  func others() throws {
    let names = (0..<(CustomEvents.typesMax + 50)).map { "custom.t\($0)" }
    let custom = try foldedIdentifier((names + names).enumerated().map { event($1, at: Double($0)) }).custom
    #expect(custom.byName.count == CustomEvents.typesMax)
    #expect(custom.byName.values.allSatisfy { $0.count == 2 } && custom.others?.count == 100)
    let kept = names.sorted().prefix(CustomEvents.typesMax).map { $0.dropFirst(7) }
    #expect(kept.allSatisfy { custom[String($0)] != nil })
  }

  @Test("are stored as the description of the format says, byte by byte")
  func stored() throws {
    let events = [("custom.b.c", 5), ("custom.a", 7), ("custom.b.c", 2)].map { type, time in
      GeneratedEvent(time: time, source: "w", id: "\(time)", type: type)
    }
    let expected = [2] + [1, 0x61, 1, 14, 0] + [3] + Array("b.c".utf8) + [2, 4, 6]
    #expect(try foldedIdentifier(events).encoded().suffix(expected.count) == expected[...])
  }

  @Test("cost an identifier that has none a single byte")
  func size() throws {
    let state = try foldedIdentifier([event("page.viewed")])
    let row = state.encoded()
    #expect(row.last == 0)
    #expect(throws: CodingError.self) { try row.dropLast().withUnsafeBytes { try IdentifierState.decode($0) } }
  }
}

extension Person {
  fileprivate init(identifiers: [IdentifierState]) {
    self.init(identifiers: identifiers, orders: [], tickets: [], messages: [], credits: [], strength: { _ in 0 })
  }
}
