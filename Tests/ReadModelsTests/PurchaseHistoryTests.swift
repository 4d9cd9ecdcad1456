import Events
import GeneratedEvents
import ReadModels
import Testing

@Suite("What an order was worth when")
struct PurchaseHistoryTests {
  /// Events of one order: placed again with other totals, refunded, sent back in part and as a whole, cancelled. Refunds
  /// have ids of their own; several events may have one time.
  private func events(_ random: inout SeededGenerator) -> [GeneratedEvent] {
    let items = #"[{"sku":"A","quantity":2,"price":100},{"sku":"B","quantity":1,"price":100}]"#
    return (0..<random.number(1..<9)).map { index in
      let time = Double(random.number(0..<12) * 10)
      func make(_ type: String, _ data: String) -> GeneratedEvent { event(type, at: time, data, id: "e\(index)") }
      switch random.number(0..<9) {
      case 0...3:
        return make(
          "order.placed", #"{"order_id":1,"currency":"VND","total":\#(random.number(0..<4) * 100),"items":\#(items)}"#)
      case 4, 5:
        return make("order.refunded", #"{"order_id":1,"currency":"VND","amount":\#(random.number(1..<4) * 50)}"#)
      case 6:
        return make(
          "order.returned", #"{"order_id":1,"items":[{"sku":"A","quantity":\#(random.number(1..<3)),"price":1}]}"#)
      case 7:
        return make(
          "order.returned",
          random.oneIn(2) ? #"{"order_id":1}"# : #"{"order_id":1,"items":[{"sku":"B","quantity":1,"price":1}]}"#)
      default: return make("order.cancelled", #"{"order_id":1}"#)
      }
    }
  }

  @Test("is at any time what the events until then make of it", arguments: 0..<60)
  func past(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let events = events(&random)
    let whole = Person(orders: [try folded(events)]).purchases
    for second in stride(from: -5.0, through: 125, by: 5) {
      let time = event("page.viewed", at: second).time
      let then: OrderState = try folded(events.filter { $0.time <= time })
      let net = then.counts ? then.net?.minorUnits : nil
      #expect(whole.purchases.first?.net(at: time) == net, "seed \(seed), after \(second) s")
    }
    #expect(whole.purchases.allSatisfy { $0.net(at: .max) == $0.later.last.map(\.net) ?? $0.first.net })
  }

  @Test("does not depend on the order in which events and orders come", arguments: 0..<20)
  func order(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let orders = (0..<4).map { _ in events(&random) }
    let first = Person(orders: try orders.map { try folded($0) })
    let second = Person(orders: try orders.shuffled(using: &random).map { try folded($0.shuffled(using: &random)) })
    #expect(first.purchases == second.purchases && first.encoded() == second.encoded())
  }

  @Test("survives being stored", arguments: 0..<20)
  func roundTrip(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let person = Person(orders: try (0..<3).map { _ in try folded(events(&random)) })
    let bytes = person.encoded()
    #expect(try bytes.withUnsafeBytes { try Person(decoding: $0) } == person)
    #expect(try bytes.withUnsafeBytes { try Person.purchases(ofStored: $0) } == person.purchases)
    #expect(try bytes.withUnsafeBytes { try Person.identifiers(ofStored: $0) } == person.contacts.map(\.identifier))
  }

  @Test("keeps currencies apart, and credits that name no order beside it")
  func currencies() throws {
    let dollars = event("order.placed", at: 5, #"{"order_id":2,"currency":"USD","total":12.5,"items":[]}"#)
    let dong = event("order.placed", at: 1, #"{"order_id":1,"currency":"VND","total":300000,"items":[]}"#)
    let credit: CreditState = try folded([
      event("credit.issued", at: 9, #"{"credit_id":"c","currency":"USD","amount":2}"#)
    ])
    let person = Person(
      identifiers: [], orders: [try folded([dollars]), try folded([dong])], tickets: [], messages: [],
      credits: [credit], strength: { _ in 0 })
    #expect(person.purchases.purchases.map(\.currency.code) == ["VND", "USD"])
    #expect(person.purchases.purchases.map { $0.net(at: .max) } == [300_000, 1_250])
    #expect(person.purchases.credits.map(\.amount.minorUnits) == [200])
    #expect(try person.encoded().withUnsafeBytes { try Person(decoding: $0) } == person)
  }
}
