import BinaryCoding
import Events
import GeneratedEvents
import ReadModels
import Testing

extension Person {
  /// A person of one identifier, an e-mail address unless others are given, and what belongs to it.
  init(
    identifiers: [IdentifierState] = [IdentifierState(Identifier(type: "email", value: "an@example.com"), seen: 0)],
    orders: [OrderState] = [], messages: [MessageState] = [], credits: [CreditState] = []
  ) {
    self.init(
      identifiers: identifiers, orders: orders, tickets: [], messages: messages, credits: credits,
      strength: { ["customer_id", "email", "phone", "anonymous_id"].firstIndex(of: $0) ?? 9 })
  }
}

@Suite("A person")
struct PersonTests {
  @Test("is a visitor, a lead, a customer, a repeat customer")
  func stages() throws {
    let cookie = Identifier(type: "anonymous_id", value: "c1")
    let browsing = try foldedIdentifier([event("page.viewed")], as: cookie)
    #expect(Person(identifiers: [browsing]).stage == .visitor)
    #expect(Person(identifiers: [try foldedIdentifier([event("lead.captured")], as: cookie)]).stage == .lead)
    #expect(Person(orders: []).stage == .lead)
    #expect(Person(orders: [try order(1, total: 5)]).stage == .customer)
    #expect(Person(identifiers: [browsing], orders: [try order(1, total: 5)]).stage == .customer)
    #expect(Person(orders: [try order(1, total: 5), try order(2, total: 0)]).stage == .repeatCustomer)
    #expect(Person(orders: [try order(1, total: 5, refunded: 5)]).stage == .lead)
  }

  @Test("is worth the net of the orders that count minus credits that name no order, never below zero")
  func net() throws {
    let orders = [
      try order(1, total: 300), try order(2, total: 100, refunded: 40), try order(3, total: 50, refunded: 50),
    ]
    let (small, named, large) = (try credit(10, order: nil), try credit(900, order: 1), try credit(900, order: nil))
    #expect(try net(Person(orders: orders)) == 360)
    #expect(try net(Person(orders: orders, credits: [small])) == 350)
    #expect(try net(Person(orders: orders, credits: [small, named])) == 350)
    #expect(try net(Person(orders: orders, credits: [small, large])) == 0)
    #expect(try net(Person(credits: [small])) == 0)
  }

  @Test("has every amount by currency")
  func currencies() throws {
    let dollars: OrderState = try folded([
      event("order.placed", #"{"order_id":9,"currency":"USD","total":12.5,"items":[]}"#)
    ])
    let amounts = Person(orders: [dollars, try order(1, total: 300)]).orders.amounts
    #expect(try amounts[#require(Currency("USD"))]?.net == 1250)
    #expect(try amounts[#require(Currency("VND"))]?.net == 300)
  }

  @Test("is the same whatever the order of the states it is made of", arguments: 0..<20)
  func order(seed: Int) throws {
    var generator = EventGenerator(seed: UInt64(seed))
    generator.entities = 2
    var identifiers: [IdentifierState] = []
    var orders: [OrderState] = []
    var messages: [MessageState] = []
    var credits: [CreditState] = []
    for number in 0..<8 {
      let type = generator.random.pick(["email", "phone", "unknown", "anonymous_id"])
      identifiers.append(try foldedIdentifier(generator.events(12), as: Identifier(type: type, value: "v\(number)")))
      let types = ["order.placed", "order.placed", "order.placed", "order.refunded", "order.returned"]
      orders.append(try folded(types.map { generator.event($0) }, id: "\(number)"))
      let mails = ["email.opened", "email.opened", "email.unsubscribed", "email.complained"]
      messages.append(try folded(mails.map { generator.event($0) }, id: "\(number)"))
      credits.append(try folded((0..<2).map { _ in generator.event("credit.issued") }, id: "\(number)"))
    }
    let person = Person(identifiers: identifiers, orders: orders, messages: messages, credits: credits)
    for _ in 0..<5 {
      let same = Person(
        identifiers: identifiers.shuffled(using: &generator.random), orders: orders.shuffled(using: &generator.random),
        messages: messages.shuffled(using: &generator.random), credits: credits.shuffled(using: &generator.random))
      #expect(same.encoded() == person.encoded())
    }
    try checkCoding(person)
  }

  private func checkCoding(_ person: Person) throws {
    let row = person.encoded()
    #expect(try row.withUnsafeBytes { try Person(decoding: $0) } == person)
    #expect(row.withUnsafeBytes { Person.stage(ofStored: $0) } == person.stage)
    for count in 0..<row.count {
      #expect(throws: CodingError.self, "a row cut after \(count) bytes") {
        try Array(row[..<count]).withUnsafeBytes { try Person(decoding: $0) }
      }
    }
  }

  private func net(_ person: Person) throws -> Int64? { try person.orders.amounts[#require(Currency("VND"))]?.net }

  private func order(_ id: Int, total: Int, refunded: Int = 0) throws -> OrderState {
    try folded([
      event("order.placed", #"{"order_id":\#(id),"currency":"VND","total":\#(total),"items":[]}"#),
      event("order.refunded", #"{"order_id":\#(id),"currency":"VND","amount":\#(refunded)}"#),
    ])
  }

  private func credit(_ amount: Int, order: Int?) throws -> CreditState {
    let order = order.map { #","order_id":\#($0)"# } ?? ""
    return try folded([event("credit.issued", #"{"credit_id":1,"currency":"VND","amount":\#(amount)\#(order)}"#)])
  }
}
