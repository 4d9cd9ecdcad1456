import BinaryCoding
import GeneratedEvents
import ReadModels
import Testing

/// What lets folds run in any order, in parallel and in pieces. Each argument is the seed of the random events.
@Suite("Every fold")
struct FoldLawTests {
  @Test("of an order obeys the laws", arguments: 0..<30)
  func order(seed: Int) throws {
    try checkLaws(seed, types: { $0.hasPrefix("order.") || $0 == "credit.issued" }) { try folded($0) as OrderState }
  }

  @Test("of a ticket obeys the laws", arguments: 0..<20)
  func ticket(seed: Int) throws {
    try checkLaws(seed, types: { $0.hasPrefix("ticket.") }) { try folded($0) as TicketState }
  }

  @Test("of a message obeys the laws", arguments: 0..<20)
  func message(seed: Int) throws {
    try checkLaws(seed, types: { $0.hasPrefix("email.") || $0.hasPrefix("message.") }) {
      try folded($0) as MessageState
    }
  }

  @Test("of a credit note obeys the laws", arguments: 0..<20)
  func credit(seed: Int) throws {
    try checkLaws(seed, types: { $0 == "credit.issued" }) { try folded($0) as CreditState }
  }

  @Test("of an identifier obeys the laws", arguments: 0..<30)
  func identifier(seed: Int) throws {
    try checkLaws(seed, types: { _ in true }) { try foldedIdentifier($0) }
  }

  @Test("of consent obeys the laws, also past what is kept of it", arguments: 0..<20)
  func consent(seed: Int) throws {
    var generator = ConsentGenerator(seed: UInt64(seed))
    let events = generator.events(seed % 4 == 0 ? 600 : 40)
    try checkLaws(of: events, &generator.random) { try foldedIdentifier($0) }
    let refusals = events.filter { $0.type.hasPrefix("email.") }
    try checkLaws(of: refusals, &generator.random) { try folded($0) as MessageState }
  }

  @Test("of custom events obeys the laws, also past the types that are told apart", arguments: 0..<3)
  func custom(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    // Names of many lengths, so that their order is not that in which they were made.
    let events = (0..<1_800).map { number in
      event("custom.t\(random.number(0..<(CustomEvents.typesMax * 2)))", at: Double(number % 900), id: "\(number)")
    }
    #expect(Set(events.map(\.type)).count > CustomEvents.typesMax, "seed \(seed)")
    try checkLaws(of: events, &random) { try foldedIdentifier($0) }
  }

  @Test("of a link between identifiers obeys the laws", arguments: 0..<5)
  func link(seed: Int) throws {
    try checkLaws(seed, types: { _ in true }) { try foldedLink($0) }
  }
}

/// Folds random events of some types in many ways, all of which must give one state with one binary form.
private func checkLaws<State: FoldState>(
  _ seed: Int, types: (String) -> Bool, _ fold: ([GeneratedEvent]) throws -> State
) throws {
  var generator = EventGenerator(seed: UInt64(seed))
  generator.people = 4
  generator.entities = 2
  let candidates = EventGenerator.types.filter(types)
  let count = generator.random.number(3..<60)
  let events = (0..<count).map { _ in generator.event(generator.random.pick(candidates)) }
  try checkLaws(of: events, &generator.random, fold)
}

/// At least three events.
private func checkLaws<State: FoldState>(
  of events: [GeneratedEvent], _ random: inout SeededGenerator, _ fold: ([GeneratedEvent]) throws -> State
) throws {
  let state = try fold(events)
  try expectSame(try fold(events.shuffled(using: &random)), state, "another order")
  try checkMerging(events.shuffled(using: &random), state, &random, fold)
  try checkCoding(state)
}

private func checkMerging<State: FoldState>(
  _ events: [GeneratedEvent], _ whole: State, _ random: inout SeededGenerator,
  _ fold: ([GeneratedEvent]) throws -> State
) throws {
  let first = random.number(1..<(events.count - 1))
  let second = random.number((first + 1)..<events.count)
  let parts = try [events[..<first], events[first..<second], events[second...]].map { try fold(Array($0)) }
  try expectSame(merged(merged(parts[0], parts[1]), parts[2]), whole, "the parts in order")
  try expectSame(merged(parts[0], merged(parts[1], parts[2])), whole, "the parts, the last two first")
  try expectSame(merged(parts[2], merged(parts[0], parts[1])), whole, "the last part before the others")
}

private func merged<State: FoldState>(_ a: State, _ b: State) -> State {
  var merged = a
  merged.merge(b)
  return merged
}

private func expectSame<State: FoldState>(_ found: State, _ expected: State, _ what: Comment) throws {
  #expect(found == expected, what)
  #expect(found.encoded() == expected.encoded(), what)
}

private func checkCoding<State: FoldState>(_ state: State) throws {
  let row = state.encoded()
  let decoded = try row.withUnsafeBytes { try State.decode($0) }
  try expectSame(decoded, state, "decoded")
  // Every length of a short row, and some of a long one.
  for count in stride(from: 0, to: row.count, by: 1 + row.count / 1000) {
    #expect(throws: CodingError.self, "a row cut after \(count) bytes") {
      try Array(row[..<count]).withUnsafeBytes { try State.decode($0) }
    }
  }
  #expect(throws: CodingError.self, "a row with a byte too many") {
    try (row + [0]).withUnsafeBytes { try State.decode($0) }
  }
}
