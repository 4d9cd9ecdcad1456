import Events
import GeneratedEvents
import ReadModels
import Testing

/// Each argument is the seed of the random events.
@Suite("When an order was placed")
struct PlacingTests {
  /// Events of one order. Some say that it was placed earlier than they happened.
  private func events(_ random: inout SeededGenerator) -> [GeneratedEvent] {
    (0..<random.number(1..<8)).map { index in
      let time = Double(random.number(2..<12) * 10)
      func make(_ type: String, _ data: String) -> GeneratedEvent { event(type, at: time, data, id: "e\(index)") }
      switch random.number(0..<6) {
      case 0...3:
        let placed = random.oneIn(2) ? placedAt(Double(random.number(0..<12) * 10)) : ""
        return make(
          "order.placed",
          #"{"order_id":1,"currency":"VND","total":\#(random.number(1..<4) * 100),"items":[]\#(placed)}"#)
      case 4: return make("order.refunded", #"{"order_id":1,"currency":"VND","amount":50}"#)
      default: return make("order.cancelled", #"{"order_id":1}"#)
      }
    }
  }

  private func placedAt(_ seconds: Double) -> String { #","placed_at":"\#(rfc3339(event("", at: seconds).time))""# }

  @Test("is the earliest time that an event gives or happened at, whatever their order", arguments: 0..<40)
  func earliest(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let events = events(&random)
    let times = events.filter { $0.type == "order.placed" }.map { event in
      let said = event.text.firstRange(of: #/"placed_at":"[^"]*"/#).map { event.text[$0].dropFirst(13).dropLast() }
      return min(event.time, said.flatMap { try? Instant(rfc3339: String($0)).microseconds } ?? event.time)
    }
    let state: OrderState = try folded(events)
    #expect(state.placedAt == times.min(), "seed \(seed)")
    #expect(try (folded(events.shuffled(using: &random)) as OrderState) == state)
  }

  @Test("is when it begins to be worth what is first heard of it", arguments: 0..<60)
  func worth(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let events = events(&random)
    let state: OrderState = try folded(events)
    let purchase = Person(orders: [state]).purchases.purchases.first
    let placements = events.filter { $0.type == "order.placed" }
    guard let purchase, let heard = placements.map(\.time).min() else {
      return #expect(purchase == nil && placements.isEmpty, "seed \(seed)")
    }
    #expect(purchase.placedAt == state.placedAt)
    for second in stride(from: -5.0, through: 125, by: 5) {
      let time = event("page.viewed", at: second).time
      // Until it is heard of, what is first heard counts beside what happened by then.
      let then: OrderState = try folded(
        events.filter { $0.time <= time || $0.time == heard && $0.type == "order.placed" })
      let net = time >= purchase.placedAt && then.counts ? then.net?.minorUnits : nil
      #expect(purchase.net(at: time) == net, "seed \(seed), after \(second) s")
    }
  }

  @Test(
    "is when the event happened where it says nothing of use",
    arguments: [
      #""Monday""#, #""2020-02-30T00:00:00Z""#, #""1969-12-31T23:59:59Z""#, "7", "null", #""2030-01-01T00:00:00Z""#,
    ])
  func useless(text: String) throws {
    let placed = event(
      "order.placed", at: 7, #"{"order_id":1,"currency":"VND","total":1,"items":[],"placed_at":\#(text)}"#)
    let state: OrderState = try folded([placed])
    #expect(state.placedAt == placed.time)
  }

  @Test("is what a person's first and last order, articles and categories, and the sales of an article go by")
  func everywhere() throws {
    let items = #"[{"sku":"A","quantity":1,"price":1,"category":"Tea"}]"#
    let late = event(
      "order.placed", at: 90, #"{"order_id":1,"currency":"VND","total":1,"items":\#(items)\#(placedAt(30))}"#)
    let then = event("", at: 30).time
    let state: OrderState = try folded([late])
    let person = Person(orders: [state])
    #expect(state.placedAt == then && person.orders.first == then && person.orders.last == then)
    #expect(person.products["A"]?.last == then && person.categories["Tea"]?.last == then)
    #expect(state.sales.map(\.placedAt) == [then] && person.purchases.purchases.map(\.placedAt) == [then])
  }

  @Test("decides whether a message came before it")
  func attribution() throws {
    let clicked = event("email.clicked", at: 50, #"{"message_id":1,"campaign":"tet","url":"/"}"#, channel: "email")
    let message: MessageState = try folded([clicked])
    func credited(_ placed: String) throws -> Int {
      let order = event("order.placed", at: 90, #"{"order_id":1,"currency":"VND","total":1,"items":[]\#(placed)}"#)
      return Person(orders: [try folded([order])], messages: [message]).attributed.count
    }
    #expect(try credited("") == 1 && credited(placedAt(60)) == 1 && credited(placedAt(30)) == 0)
  }
}
