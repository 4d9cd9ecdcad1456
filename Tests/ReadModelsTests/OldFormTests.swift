import BinaryCoding
import Events
import Identity
import ReadModels
import Testing

/// Rows of old forms, written by hand: as read models of earlier programs hold them.
@Suite("A row of an old form")
struct OldFormTests {
  private static let forms: ClosedRange<UInt32> = 2...5

  @Test("of an order is read; form 2 knows no shipping method, and of lines no discount and no tax", arguments: forms)
  func order(form: UInt32) throws {
    let row = OldRow.order(form)
    let state = try row.withUnsafeBytes { try OrderState.decode($0, form: form) }
    let placed = try #require(state.placed?.value)
    #expect(state.id == "7" && state.total?.minorUnits == 250_000)
    #expect(placed.shipping?.minorUnits == 15_000 && placed.shippingMethod == (form >= 3 ? "post" : nil))
    #expect(placed.items.map(\.sku) == ["A", "B"] && "\(placed.items[0].quantity)" == "1.5")
    #expect(placed.items.allSatisfy { $0.discount?.minorUnits == (form >= 3 ? 7 : nil) && $0.tax == nil })
    #expect(placed.items[1].name == "Mill" && placed.items[1].category == "Tools")
    #expect(placed.coupon == "TET" && placed.channel == "web" && placed.store == "HN")
    #expect(state.placedAt == 1_000_000 && state.steps[.shipped] == 2_000_000)
    #expect(state.returns.entries.map(\.value.value).map { $0.map(\.sku) } == [["B"]])
    #expect(state.owner?.identifier == IdentifierKey(Identifier(type: "email", value: "a@b.vn")))
    #expect(
      try row.withUnsafeBytes { try OrderState.owner(ofStored: $0, form: form) } == state.owner?.identifier)
    #expect(state.placed?.stamp.source == "web" && state.placed?.stamp.id == OldRow.uuid)
    try checkRewriting(row, form, state)
  }

  @Test("of a message is read; form 2 knows no touches", arguments: forms)
  func message(form: UInt32) throws {
    let row = OldRow.message(form)
    let state = try row.withUnsafeBytes { try MessageState.decode($0, form: form) }
    #expect(state.id == "m1" && state.texts[.campaign] == "tet" && state.opens == 3 && state.clicks == 1)
    #expect(state.steps[.opened] == 5 && state.lastOpenedAt == 6 && state.isEmail)
    #expect(state.touches.touches.map(\.time) == (form >= 3 ? [4] : []))
    try checkRewriting(row, form, state)
  }

  @Test("of an identifier is read; before form 5 it has no custom events", arguments: forms)
  func identifier(form: UInt32) throws {
    let row = OldRow.identifier(form)
    let state = try row.withUnsafeBytes { try IdentifierState.decode($0, form: form) }
    #expect(state.identifier == Identifier(type: "anonymous_id", value: OldRow.uuid))
    #expect(state.firstSeen == 3 && state.lastSeen == 8 && state.events == 2 && state.isLead)
    #expect(state.custom["quiz"]?.count == (form >= 5 ? 1 : nil))
    let summary = try row.withUnsafeBytes { try IdentifierState.summary(ofStored: $0, form: form) }
    #expect(summary.identifier == state.identifier && summary.events == 2)
    try checkRewriting(row, form, state)
  }

  @Test("of a person is read; before form 3 no campaign is credited with their orders", arguments: forms)
  func person(form: UInt32) throws {
    let row = OldRow.person(form)
    let person = try row.withUnsafeBytes { try Person(decoding: $0, form: form) }
    #expect(person.stage == .customer && person.orders.count == 1 && person.events == 4)
    #expect(person.products["A"]?.orders == 1 && person.categories["Tools"]?.last == 9)
    #expect(person.attributed.isEmpty && person.contacts.map(\.identifier.value) == [OldRow.uuid])
    #expect(try row.withUnsafeBytes { try Person.purchases(ofStored: $0, form: form) }.isEmpty)
    #expect(
      try row.withUnsafeBytes { try Person.identifiers(ofStored: $0, form: form) } == person.contacts.map(\.identifier))
    let again = try person.encoded().withUnsafeBytes { try Person(decoding: $0) }
    #expect(again == person)
    #expect(throws: CodingError.self) { try row.withUnsafeBytes { try Person(decoding: $0) } }
  }

  /// Written in the present form it says the same; read as the present form it makes no sense.
  private func checkRewriting<State: FoldState>(_ row: [UInt8], _ form: UInt32, _ state: State) throws {
    #expect(try state.encoded().withUnsafeBytes { try State.decode($0) } == state)
    #expect(throws: CodingError.self) { try row.withUnsafeBytes { try State.decode($0) } }
    for count in 0..<row.count {
      #expect(throws: CodingError.self, "a row cut after \(count) bytes") {
        try Array(row[..<count]).withUnsafeBytes { try State.decode($0, form: form) }
      }
    }
  }
}

/// What forms 2 to 5 wrote.
private enum OldRow {
  static let uuid = "f81d4fae-7dec-11d0-a765-00a0c91e6bf6"

  static func order(_ form: UInt32) -> [UInt8] {
    var writer = ByteWriter()
    writer.text("7")
    writer.flag(true)  // owner
    for text in ["email", "a@b.vn"] { writer.text(text) }
    writer.byte(0)
    writer.stamp(1_000_000, "web\0" + uuid)
    writer.flag(true)  // placed
    writer.stamp(1_000_000, "web\0" + uuid)
    writer.money(250_000)
    for amount in [nil, nil, 15_000, nil] as [Int64?] { writer.optional(amount) { $0.money($1) } }
    writer.count(2)
    writer.item("A", scale: 1, 15, form: form)
    writer.item("B", scale: 0, 1, name: "Mill", category: "Tools", form: form)
    for text in ["TET", nil, nil] as [String?] { writer.optional(text) { $0.text($1) } }
    writer.text("web")
    writer.optional("HN") { $0.text($1) }
    if form >= 3 { writer.optional("post") { $0.text($1) } }
    writer.optional(Int64(1_000_000)) { $0.signed($1) }  // placed at
    writer.unsigned(UInt(8))  // shipped
    writer.signed(2_000_000)
    writer.raw([0, 0, 0, 0])  // stamps and mask of texts, payments, refunds
    writer.count(1)  // returns
    writer.text("event:1")
    writer.stamp(3_000_000, "web\0e3")
    writer.count(1)
    writer.item("B", scale: 0, 1, form: form)
    writer.count(0)  // incidents
    if form >= 4 { writer.count(0) }  // earlier placements
    if form >= 5 { writer.count(0) }  // payments with ids
    return writer.bytes
  }

  static func identifier(_ form: UInt32) -> [UInt8] {
    var writer = ByteWriter()
    writer.text("anonymous_id")
    writer.text(uuid)
    for time in [3, 5] as [Int64] { writer.signed(time) }
    writer.count(2)
    writer.raw([0, 0, 0, 1])  // channels, stores, visits, lead
    writer.raw([0, 0, 0])  // stamps of traits, traits, consents
    guard form >= 5 else { return writer.bytes }
    writer.count(1)
    writer.text("quiz")
    writer.raw([1, 6, 0])
    return writer.bytes
  }

  static func message(_ form: UInt32) -> [UInt8] {
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
    guard form >= 3 else { return writer.bytes }
    writer.count(1)
    writer.signed(4 << 1)
    return writer.bytes
  }

  static func person(_ form: UInt32) -> [UInt8] {
    var writer = ByteWriter()
    writer.byte(2)  // customer
    if form >= 4 { writer.count(0) }  // purchases
    writer.count(1)
    writer.text("anonymous_id")
    writer.text(uuid)
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
    if form >= 3 { writer.count(0) }  // credited orders
    if form >= 5 { writer.count(0) }  // custom events
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
    _ sku: String, scale: UInt8, _ digits: Int64, name: String? = nil, category: String? = nil, form: UInt32
  ) {
    text(sku)
    byte(scale)
    signed(digits)
    flag(false)  // price
    optional(name) { $0.text($1) }
    optional(category) { $0.text($1) }
    guard form >= 3 else { return }
    optional(Int64(7)) { $0.money($1) }  // discount
    flag(false)  // tax
  }
}
