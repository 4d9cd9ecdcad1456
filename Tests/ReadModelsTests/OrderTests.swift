import Events
import GeneratedEvents
import Identity
import ReadModels
import Testing

@Suite("An order")
struct OrderTests {
  private let placed = event(
    "order.placed",
    #"{"order_id":1,"currency":"VND","total":300000,"items":[{"sku":"A","quantity":2,"price":100000},{"sku":"B","quantity":1,"price":100000}]}"#
  )

  @Test("counts from being placed until it is cancelled")
  func cancelled() throws {
    #expect(try !order(event("order.paid", #"{"order_id":1,"currency":"VND","amount":300000}"#)).counts)
    #expect(try order(placed).counts)
    let cancelled = try order(placed, event("order.cancelled", at: 60, #"{"order_id":1}"#))
    #expect(!cancelled.counts)
    #expect(cancelled.status == .cancelled)
    #expect(cancelled.net?.minorUnits == 0)
  }

  @Test("is worth its total minus the refunds, and nothing once they reach it")
  func refunds() throws {
    let some = try order(placed, refund(100_000, id: "r1"))
    #expect(some.net?.minorUnits == 200_000)
    #expect(some.counts)
    let all = try order(placed, refund(100_000, id: "r1"), refund(250_000, id: "r2"))
    #expect(all.net?.minorUnits == 0)
    #expect(!all.counts)
    #expect(all.status == .refunded)
  }

  @Test("takes the latest amount of a refund that is reported twice")
  func repeatedRefund() throws {
    let order = try order(placed, refund(100_000, id: "r1", at: 20), refund(150_000, id: "r1", at: 10))
    #expect(order.refunded?.minorUnits == 100_000)
    let anonymous = try self.order(placed, refund(100_000, id: nil, at: 20), refund(150_000, id: nil, at: 10))
    #expect(anonymous.refunded?.minorUnits == 250_000)
  }

  @Test("was paid what the latest statement about each payment says, and whatever has no id besides", arguments: 0..<20)
  func payments(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let statements = (0..<random.number(1..<12)).map { index in
      (id: random.oneIn(3) ? nil : random.number(0..<3), at: Double(index), amount: Int64(random.number(0..<9)))
    }
    let events = statements.map { payment($0.amount, id: $0.id, at: $0.at) } + [placed]
    let latest = Dictionary(statements.compactMap { statement in statement.id.map { ($0, statement.amount) } }) { $1 }
    let unnamed = statements.filter { $0.id == nil }.map(\.amount)
    let state: OrderState = try folded(events.shuffled(using: &random))
    #expect(state.paidTotal?.minorUnits == latest.values.reduce(0, +) + unnamed.reduce(0, +), "seed \(seed)")
    #expect(state.steps[.paid] == events.first?.time)
  }

  @Test("was paid nothing by payments in another currency, and nobody knows how much before it is placed")
  func foreignPayment() throws {
    let foreign = event("order.paid", at: 9, #"{"order_id":1,"currency":"USD","amount":10,"payment_id":1}"#)
    #expect(try order(placed, foreign, payment(5, id: 2, at: 1)).paidTotal?.minorUnits == 5)
    #expect(try order(placed, foreign, payment(5, id: 1, at: 10)).paidTotal?.minorUnits == 5)
    #expect(try order(placed, payment(5, id: 1, at: 1), foreign).paidTotal?.minorUnits == 0)
    let unplaced = try order(payment(5, id: 1, at: 1), payment(2, id: nil, at: 2))
    #expect(unplaced.paidTotal == nil && unplaced.paid["VND"] == 7)
  }

  @Test("has its payments with an id at the end of its row, as the description of the format says")
  func storedPayments() throws {
    let paid = GeneratedEvent(
      time: 2, source: "w", id: "1", type: "order.paid",
      data: #"{"order_id":1,"currency":"VND","amount":3,"payment_id":"M"}"#)
    let expected: [UInt8] = [1, 1, 0x4D, 4, 1] + Array("w".utf8) + [2] + Array("1".utf8) + [0xC4, 0x9C, 0xD9, 0x02, 6]
    #expect(try order(paid).encoded().suffix(expected.count) == expected[...])
  }

  private func payment(_ amount: Int64, id: Int?, at seconds: Double) -> GeneratedEvent {
    let name = id.map { #","payment_id":\#($0)"# } ?? ""
    return event("order.paid", at: seconds, #"{"order_id":1,"currency":"VND","amount":\#(amount)\#(name)}"#)
  }

  @Test("is lessened by a credit note that names it")
  func credit() throws {
    let note = event("credit.issued", at: 5, #"{"credit_id":"G1","order_id":1,"currency":"VND","amount":"50000"}"#)
    #expect(try order(placed, note).net?.minorUnits == 250_000)
  }

  @Test("is not lessened by a refund in another currency")
  func foreignRefund() throws {
    let foreign = event("order.refunded", at: 9, #"{"order_id":1,"currency":"USD","amount":10}"#)
    #expect(try order(placed, foreign).net?.minorUnits == 300_000)
  }

  @Test("that comes back whole does not count, and one of which an item is kept does")
  func returns() throws {
    func returned(_ items: String, at seconds: Double) -> GeneratedEvent {
      event("order.returned", at: seconds, #"{"order_id":1,"items":\#(items)}"#)
    }
    let one = returned(#"[{"sku":"A","quantity":1,"price":0},{"sku":"B","quantity":1,"price":0}]"#, at: 1)
    let rest = returned(#"[{"sku":"A","quantity":1,"price":0}]"#, at: 2)
    #expect(try order(placed, one).counts)
    #expect(try !order(placed, one, rest).counts)
    #expect(try order(placed, one, rest).status == .returned)
    #expect(try !order(placed, event("order.returned", at: 3, #"{"order_id":1}"#)).counts)
  }

  @Test("says what the latest order.placed says, and of equal times the greater source, then id")
  func latest() throws {
    func placed(_ total: Int, at seconds: Double, _ source: String, _ id: String) -> GeneratedEvent {
      event(
        "order.placed", at: seconds, #"{"order_id":1,"currency":"VND","total":\#(total),"items":[]}"#, source: source,
        id: id)
    }
    #expect(try order(placed(1, at: 2, "a", "1"), placed(2, at: 1, "z", "9")).total?.minorUnits == 1)
    #expect(try order(placed(1, at: 1, "b", "1"), placed(2, at: 1, "a", "9")).total?.minorUnits == 1)
    #expect(try order(placed(1, at: 1, "a", "10"), placed(2, at: 1, "a", "9")).total?.minorUnits == 2)
  }

  @Test("belongs to who placed it, whoever pays for it or is given credit on it before")
  func owner() throws {
    let buyer = event(
      "order.placed", at: 100, #"{"order_id":1,"currency":"VND","total":1,"items":[]}"#,
      ids: [("email", "buyer@example.com")])
    let payer = event(
      "order.paid", at: 50, #"{"order_id":1,"currency":"VND","amount":1}"#, ids: [("email", "payer@example.com")])
    let clerk = event(
      "credit.issued", at: 10, #"{"credit_id":7,"order_id":1,"currency":"VND","amount":1}"#,
      ids: [("email", "clerk@example.com")])
    for events in [[buyer, payer, clerk], [clerk, payer, buyer]] {
      let state: OrderState = try folded(events)
      #expect(state.owner?.identifier == IdentifierKey(Identifier(type: "email", value: "buyer@example.com")))
    }
    let unplaced: OrderState = try folded([payer, clerk])
    #expect(unplaced.owner?.identifier == IdentifierKey(Identifier(type: "email", value: "clerk@example.com")))
  }

  private func order(_ events: GeneratedEvent...) throws -> OrderState { try folded(events) }

  private func refund(_ amount: Int, id: String?, at seconds: Double = 1) -> GeneratedEvent {
    let name = id.map { #","refund_id":"\#($0)""# } ?? ""
    return event(
      "order.refunded", at: seconds, #"{"order_id":1,"currency":"VND","amount":\#(amount)\#(name)}"#, id: "f\(amount)")
  }
}
