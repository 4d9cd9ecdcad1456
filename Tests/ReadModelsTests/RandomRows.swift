import GeneratedEvents
import ReadModels

/// Random rows that tallies are made of: orders, messages, and people who own them.
struct RandomRows {
  private(set) var orders: [OrderState] = []
  private(set) var messages: [MessageState] = []
  private(set) var people: [Person] = []

  /// A few events for each of a dozen orders and messages, folded in an order that `shuffle` decides.
  init(seed: Int, shuffle: Int = 0) throws {
    var generator = EventGenerator(seed: UInt64(seed))
    var other = SeededGenerator(seed: UInt64(shuffle))
    let orderTypes = EventGenerator.types.filter { $0.hasPrefix("order.") } + ["order.placed", "order.placed"]
    let mailTypes = EventGenerator.types.filter { $0.hasPrefix("email.") || $0.hasPrefix("message.") }
    for number in 0..<12 {
      // Each order is placed, and what else happens to it is left to chance.
      let placed = generator.event("order.placed")
      let events = [placed] + (0..<3).map { _ in generator.event(generator.random.pick(orderTypes)) }
      orders.append(try folded(events.shuffled(using: &other), id: "\(number)"))
      let mails = (0..<6).map { _ in generator.event(generator.random.pick(mailTypes)) }
      messages.append(try folded(mails.shuffled(using: &other), id: "\(number)"))
    }
    for first in stride(from: 0, to: 12, by: 4) {
      people.append(
        Person(
          orders: orders[first..<(first + 4)].shuffled(using: &other),
          messages: messages[first..<(first + 4)].shuffled(using: &other)))
    }
  }

  /// The parts of each row for itself.
  func partsByRow<State: TallyState>(_: State.Type = State.self) -> [[State]] {
    orders.map(State.parts(of:)) + messages.map(State.parts(of:)) + people.map(State.parts(of:))
  }

  func parts<State: TallyState>(_: State.Type = State.self) -> [State] {
    partsByRow().flatMap(\.self)
  }
}
