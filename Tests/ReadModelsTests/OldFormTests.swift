import BinaryCoding
import Events
import ReadModels
import Testing

/// Rows of old forms, written by hand: as read models of earlier programs hold them.
@Suite("A row of form 4")
struct RecentFormTests {
  @Test("of an order is read; payments with an id are not among its own")
  func order() throws {
    let paid = event("order.paid", at: 2, #"{"order_id":1,"currency":"VND","amount":9}"#)
    let placed = event("order.placed", at: 1, #"{"order_id":1,"currency":"VND","total":9,"items":[]}"#)
    try checkShorter(try folded([placed, paid]) as OrderState)
  }

  @Test("of an identifier is read; it has no custom events")
  func identifier() throws { try checkShorter(try foldedIdentifier([event("page.viewed"), event("lead.captured")])) }

  @Test("of a person is read; they have no custom events")
  func person() throws {
    let person = Person(orders: [])
    let row = Array(person.encoded().dropLast())
    #expect(try row.withUnsafeBytes { try Person(decoding: $0, form: 4) } == person)
    #expect(throws: CodingError.self) { try row.withUnsafeBytes { try Person(decoding: $0) } }
  }

  /// The form of today ends with the count of what there was none of then.
  private func checkShorter<State: FoldState>(_ state: State) throws {
    let row = Array(state.encoded().dropLast())
    #expect(try row.withUnsafeBytes { try State.decode($0, form: 4) } == state)
    #expect(throws: CodingError.self) { try row.withUnsafeBytes { try State.decode($0) } }
  }
}

@Suite("A row of form 3")
struct FormerFormTests {
  @Test("of an order is read; what it was worth before it was placed again is not known")
  func order() throws {
    let now: OrderState = try folded([
      event(
        "order.placed", at: 1,
        #"{"order_id":1,"currency":"VND","total":9,"items":[{"sku":"A","quantity":1,"price":9}]}"#)
    ])
    // The form of today ends with the totals of earlier placements and payments with ids, of which there are none.
    let row = Array(now.encoded().dropLast(2))
    #expect(try row.withUnsafeBytes { try OrderState.decode($0, form: 3) } == now)
    #expect(throws: CodingError.self) { try row.withUnsafeBytes { try OrderState.decode($0) } }
  }

  @Test("of a person is read; what their orders were worth when is not known")
  func person() throws {
    let person = Person(orders: [])
    // Behind the stage the form of today has purchases, and at the end custom events, of which there are none.
    let row = [person.encoded()[0]] + person.encoded().dropFirst(2).dropLast()
    #expect(try row.withUnsafeBytes { try Person(decoding: $0, form: 3) } == person)
    #expect(try row.withUnsafeBytes { try Person.purchases(ofStored: $0, form: 3) }.isEmpty)
    #expect(
      try row.withUnsafeBytes { try Person.identifiers(ofStored: $0, form: 3) } == person.contacts.map(\.identifier))
  }
}

@Suite("A row of form 2")
struct OldFormTests {
  @Test("of an order is read; it knows no shipping method, and its lines no discount and no tax")
  func order() throws {
    let state = try OldRow.order.withUnsafeBytes { try OrderState.decode($0, form: 2) }
    let placed = try #require(state.placed?.value)
    #expect(state.id == "7" && state.total?.minorUnits == 250_000)
    #expect(placed.shipping?.minorUnits == 15_000 && placed.shippingMethod == nil)
    #expect(placed.items.map(\.sku) == ["A", "B"] && "\(placed.items[0].quantity)" == "1.5")
    #expect(placed.items.allSatisfy { $0.discount == nil && $0.tax == nil })
    #expect(placed.items[1].name == "Mill" && placed.items[1].category == "Tools")
    #expect(placed.coupon == "TET" && placed.channel == "web" && placed.store == "HN")
    #expect(state.placedAt == 1_000_000 && state.steps[.shipped] == 2_000_000)
    #expect(state.returns.entries.map(\.value.value).map { $0.map(\.sku) } == [["B"]])
    try checkRewriting(OldRow.order, state)
  }

  @Test("of a message is read; it knows no touches")
  func message() throws {
    let state = try OldRow.message.withUnsafeBytes { try MessageState.decode($0, form: 2) }
    #expect(state.id == "m1" && state.texts[.campaign] == "tet" && state.opens == 3 && state.clicks == 1)
    #expect(state.steps[.opened] == 5 && state.lastOpenedAt == 6 && state.isEmail)
    #expect(state.touches.isEmpty)
    try checkRewriting(OldRow.message, state)
  }

  @Test("of a person is read; no campaign is credited with their orders")
  func person() throws {
    let person = try OldRow.person.withUnsafeBytes { try Person(decoding: $0, form: 2) }
    #expect(person.stage == .customer && person.orders.count == 1 && person.events == 4)
    #expect(person.products["A"]?.orders == 1 && person.categories["Tools"]?.last == 9)
    #expect(person.attributed.isEmpty)
    let again = try person.encoded().withUnsafeBytes { try Person(decoding: $0) }
    #expect(again == person)
    #expect(throws: CodingError.self) { try OldRow.person.withUnsafeBytes { try Person(decoding: $0) } }
  }

  /// Written in the present form it says the same; read as the present form it makes no sense.
  private func checkRewriting<State: FoldState>(_ row: [UInt8], _ state: State) throws {
    #expect(try state.encoded().withUnsafeBytes { try State.decode($0) } == state)
    #expect(throws: CodingError.self) { try row.withUnsafeBytes { try State.decode($0) } }
    for count in 0..<row.count {
      #expect(throws: CodingError.self, "a row cut after \(count) bytes") {
        try Array(row[..<count]).withUnsafeBytes { try State.decode($0, form: 2) }
      }
    }
  }
}

/// What form 2 wrote.
private enum OldRow {
  static var order: [UInt8] {
    var writer = ByteWriter()
    writer.text("7")
    writer.flag(false)  // owner
    writer.flag(true)  // placed
    writer.stamp(1_000_000, "web\0e1")
    writer.money(250_000)
    for amount in [nil, nil, 15_000, nil] as [Int64?] { writer.optional(amount) { $0.money($1) } }
    writer.count(2)
    writer.item("A", scale: 1, 15)
    writer.item("B", scale: 0, 1, name: "Mill", category: "Tools")
    for text in ["TET", nil, nil] as [String?] { writer.optional(text) { $0.text($1) } }
    writer.text("web")
    writer.optional("HN") { $0.text($1) }
    writer.optional(Int64(1_000_000)) { $0.signed($1) }  // placed at
    writer.unsigned(UInt(8))  // shipped
    writer.signed(2_000_000)
    writer.raw([0, 0, 0, 0])  // stamps and mask of texts, payments, refunds
    writer.count(1)  // returns
    writer.text("event:1")
    writer.stamp(3_000_000, "web\0e3")
    writer.count(1)
    writer.item("B", scale: 0, 1)
    writer.count(0)  // incidents
    return writer.bytes
  }

  static var message: [UInt8] {
    var writer = ByteWriter()
    writer.text("m1")
    writer.flag(false)  // owner
    writer.count(1)
    writer.stamp(1, "esp\0e1")
    writer.unsigned(UInt(2))  // campaign
    writer.count(0)
    writer.text("tet")
    writer.unsigned(UInt(1 | 4 | 16))  // sent, opened, clicked
    for time in [1, 5, 7] as [Int64] { writer.signed(time) }
    writer.optional(Int64(6)) { $0.signed($1) }
    writer.count(3)
    writer.count(1)
    writer.byte(1)
    writer.count(0)  // refusals
    return writer.bytes
  }

  static var person: [UInt8] {
    var writer = ByteWriter()
    writer.byte(2)  // customer
    writer.count(1)
    writer.text("email")
    writer.text("a@b.vn")
    for time in [1, 8] as [Int64] { writer.signed(time) }
    writer.raw([0, 0])  // traits, consents
    writer.raw([1, 1, 0])  // orders, placed, cancelled
    for time in [9, 9] as [Int64] { writer.optional(time) { $0.signed($1) } }
    writer.count(0)  // amounts
    writer.raw([0, 0])  // visits
    writer.raw([0, 0, 0, 0, 0, 0, 0])  // e-mails
    writer.raw([0, 0, 0, 0])  // tickets, channels, stores
    writer.count(4)  // events
    for time in [1, 9] as [Int64] { writer.signed(time) }
    writer.count(1)
    writer.text("A")
    writer.raw([0, 4, 1])  // two units, one order
    writer.signed(9)
    writer.flag(false)
    writer.count(1)
    writer.text("Tools")
    writer.raw([0, 4, 1])
    writer.signed(9)
    return writer.bytes
  }
}

extension ByteWriter {
  fileprivate mutating func stamp(_ time: Int64, _ name: String) {
    signed(time)
    text(name)
  }

  /// In VND.
  fileprivate mutating func money(_ amount: Int64) {
    unsigned(UInt32(0x56_4E_44))
    signed(amount)
  }

  fileprivate mutating func item(
    _ sku: String, scale: UInt8, _ digits: Int64, name: String? = nil, category: String? = nil
  ) {
    text(sku)
    byte(scale)
    signed(digits)
    flag(false)  // price
    optional(name) { $0.text($1) }
    optional(category) { $0.text($1) }
  }
}
