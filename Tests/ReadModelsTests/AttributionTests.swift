import Events
import GeneratedEvents
import ReadModels
import Testing

@Suite("An order is credited to the campaign")
struct AttributionTests {
  /// Seconds.
  private let fiveDays: Double = 5 * 86_400

  @Test("of the last click or open before it")
  func lastTouch() throws {
    let messages = [
      try message(1, "first", opened: [0, 40]), try message(2, "second", clicked: [20, 70]),
      try message(3, nil, opened: [49]),
    ]
    #expect(try credits([placed(1, at: 50)], messages) == ["first 1 100 VND"])
    #expect(try credits([placed(1, at: 30)], messages) == ["second 1 100 VND"])
    let both = [try placed(1, at: 30), try placed(2, at: 80), try placed(3, at: 45)]
    #expect(try credits(both, messages) == ["first 1 100 VND", "second 2 200 VND"])
  }

  @Test("if the touch is at most five days old, to the microsecond")
  func window() throws {
    let messages = [try message(1, "tet", clicked: [0])]
    #expect(try credits([placed(1, at: fiveDays)], messages) == ["tet 1 100 VND"])
    #expect(try credits([placed(1, at: fiveDays + 0.000_001)], messages) == [])
    #expect(try credits([placed(1, at: 0)], messages) == ["tet 1 100 VND"])
    #expect(try credits([placed(1, at: -0.000_001)], messages) == [])
    #expect(try credits([placed(1, at: 10)], messages, window: 9_999_999) == [])
    #expect(try credits([placed(1, at: 10)], messages, window: 10_000_000) == ["tet 1 100 VND"])
  }

  @Test("that was clicked rather than opened at one time, else the first by its name")
  func ties() throws {
    let click = try message(1, "z", clicked: [10])
    let opens = [try message(2, "b", opened: [10]), try message(3, "a", variant: "2", opened: [10])]
    let others = [try message(4, "a", variant: "1", opened: [10]), try message(5, "a", opened: [10])]
    let orders = [try placed(1, at: 10)]
    for messages in [opens + others + [click], [click] + others.reversed() + opens] {
      #expect(try credits(orders, messages) == ["z 1 100 VND"])
    }
    for messages in [opens + others, others.reversed() + opens.reversed()] {
      #expect(try credits(orders, messages) == ["a 1 100 VND"])
    }
    for messages in [opens + [others[0]], [others[0]] + opens] {
      #expect(try credits(orders, messages) == ["a/1 1 100 VND"])
    }
  }

  @Test("that a person opened: not a machine")
  func machines() throws {
    let machine = event("email.opened", at: 20, #"{"message_id":1,"campaign":"tet","machine":true}"#)
    let messages = [try folded([machine], id: "1") as MessageState]
    #expect(try credits([placed(1, at: 30)], messages) == [])
  }

  @Test("with what it is worth net, by currency, and not at all if it does not count")
  func revenue() throws {
    let messages = [try message(1, "tet", clicked: [0])]
    let refund = event("order.refunded", at: 9, #"{"order_id":1,"currency":"VND","amount":30}"#)
    let cancelled = event("order.cancelled", at: 9, #"{"order_id":2}"#)
    let orders = try [
      placed(1, at: 5, later: [refund]), placed(2, at: 5, later: [cancelled]), placed(3, at: 6, "USD"),
      placed(4, at: 7),
    ]
    #expect(try credits(orders, messages) == ["tet 3 10000 USD 170 VND"])
  }

  @Test("only where there are orders and messages")
  func nothing() throws {
    #expect(try credits([], [message(1, "tet", clicked: [0])]) == [])
    #expect(try credits([placed(1, at: 5)], []) == [])
  }

  @Test("that a search of all touches finds, whatever the order of the states", arguments: 0..<40)
  func reference(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let drawn = (0..<random.number(1..<12)).map { DrawnMessage($0, &random) }
    let times = (0..<random.number(1..<12)).map { _ in random.number(0..<60) }
    let messages = try drawn.map {
      try message($0.id, $0.campaign, variant: $0.variant, opened: $0.opens, clicked: $0.clicks)
    }
    let orders = try times.enumerated().map { try placed($0, at: Double($1)) }
    let window = random.number(0..<20)
    let person = person(orders, messages, window: Int64(window) * 1_000_000)
    var expected: [String: Int64] = [:]
    for time in times {
      if let name = DrawnMessage.credited(drawn, time, window: window) { expected[name, default: 0] += 1 }
    }
    #expect(Dictionary(uniqueKeysWithValues: person.attributed.map { ($0.name, $0.orders) }) == expected)
    for _ in 0..<3 {
      let (orders, messages) = (orders.shuffled(using: &random), messages.shuffled(using: &random))
      #expect(self.person(orders, messages, window: Int64(window) * 1_000_000).encoded() == person.encoded())
    }
    #expect(try person.encoded().withUnsafeBytes { try Person(decoding: $0) } == person)
  }

  private func credits(
    _ orders: [OrderState], _ messages: [MessageState], window: Int64 = AttributionWindow.standard
  ) throws -> [String] {
    person(orders, messages, window: window).attributed.map { credited in
      let amounts = credited.revenue.entries.map { "\($0.sum) \($0.key)" }
      return ([credited.name, "\(credited.orders)"] + amounts).joined(separator: " ")
    }
  }

  private func person(_ orders: [OrderState], _ messages: [MessageState], window: Int64) -> Person {
    Person(
      identifiers: [IdentifierState(Identifier(type: "email", value: "an@example.com"), seen: 0)], orders: orders,
      tickets: [], messages: messages, credits: [], attributionWindow: window, strength: { _ in 0 })
  }

  private func placed(
    _ id: Int, at seconds: Double, _ currency: String = "VND", later: [GeneratedEvent] = []
  ) throws -> OrderState {
    let data = #"{"order_id":\#(id),"currency":"\#(currency)","total":100,"items":[]}"#
    return try folded([event("order.placed", at: seconds, data)] + later, id: "\(id)")
  }

  private func message(
    _ id: Int, _ campaign: String?, variant: String? = nil, opened: [Double] = [], clicked: [Double] = []
  ) throws -> MessageState {
    let names = [campaign.map { #","campaign":"\#($0)""# }, variant.map { #","variant":"\#($0)""# }]
    let data = #"{"message_id":\#(id)\#(names.compactMap(\.self).joined())}"#
    return try folded(
      [event("email.sent", data)] + opened.map { event("email.opened", at: $0, data) }
        + clicked.map { event("email.clicked", at: $0, data) }, id: "\(id)")
  }
}

extension AttributedOrders {
  fileprivate var name: String { campaign + (variant.map { "/" + $0 } ?? "") }
}

/// A random message, and the search of all touches one by one.
private struct DrawnMessage {
  let id: Int
  let campaign, variant: String?
  let opens, clicks: [Double]

  init(_ id: Int, _ random: inout SeededGenerator) {
    self.id = id
    campaign = random.pick(["a", "b", "c", nil])
    variant = random.pick(["1", "2", nil])
    opens = (0..<random.number(0..<4)).map { _ in Double(random.number(0..<60)) }
    clicks = (0..<random.number(0..<3)).map { _ in Double(random.number(0..<60)) }
  }

  static func credited(_ messages: [DrawnMessage], _ time: Int, window: Int) -> String? {
    var found: (time: Int, isOpen: Int, name: String)?
    for message in messages {
      guard let campaign = message.campaign else { continue }
      let name = campaign + (message.variant.map { "/" + $0 } ?? "")
      for (isOpen, times) in [(0, message.clicks), (1, message.opens)] {
        for touch in times.map({ Int($0) }) where touch <= time && time - touch <= window {
          let candidate = (-touch, isOpen, name)
          if found.map({ candidate < (-$0.time, $0.isOpen, $0.name) }) ?? true { found = (touch, isOpen, name) }
        }
      }
    }
    return found?.name
  }
}
