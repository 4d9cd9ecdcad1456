import BinaryCoding
package import Events
import JSON

/// What `order.placed` says of an order.
package struct OrderDetails: Hashable, Sendable {
  /// All amounts are in the currency of the total.
  package let total: Money
  package let subtotal, discount, shipping, tax: Money?
  package let items: [OrderItem]
  package let coupon, campaign, cartID: String?
  package let channel: String
  package let store: String?

  init?(_ event: FoldedEvent) {
    guard let total = event.money("total") else { return nil }
    self.total = total
    subtotal = event.money("subtotal")
    discount = event.money("discount")
    shipping = event.money("shipping")
    tax = event.money("tax")
    items = OrderItem.list(event.data)
    coupon = event.text("coupon")
    campaign = event.text("campaign")
    cartID = event.text("cart_id")
    channel = event.channelName
    store = event.storeName
  }

  func encode(to writer: inout ByteWriter) {
    writer.money(total)
    for part in [subtotal, discount, shipping, tax] { writer.optional(part) { $0.money($1) } }
    writer.items(items)
    for text in [coupon, campaign, cartID] { writer.optional(text) { $0.text($1) } }
    writer.text(channel)
    writer.optional(store) { $0.text($1) }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    func money(_ reader: inout ByteReader) throws(CodingError) -> Money? {
      try reader.optional { (reader) throws(CodingError) in try reader.money() }
    }
    func text(_ reader: inout ByteReader) throws(CodingError) -> String? {
      try reader.optional { (reader) throws(CodingError) in try reader.text() }
    }
    total = try reader.money()
    subtotal = try money(&reader)
    discount = try money(&reader)
    shipping = try money(&reader)
    tax = try money(&reader)
    items = try reader.items()
    coupon = try text(&reader)
    campaign = try text(&reader)
    cartID = try text(&reader)
    channel = try reader.text()
    store = try text(&reader)
  }
}

/// A line of an order.
package struct OrderItem: Hashable, Sendable {
  package let sku: String
  package let quantity: ExactDecimal
  /// For one unit, in major units; up to six decimals.
  package let price: ExactDecimal?
  package let name: String?
  /// In NFC, as it serves as a key.
  package let category: String?

  /// The items of an event's `data`; entries without a readable sku or quantity are passed over.
  static func list(_ data: JSONValue?) -> [OrderItem] {
    guard let items = data?["items"] else { return [] }
    return items.elements.compactMap(OrderItem.init)
  }

  private init?(_ item: JSONValue) {
    guard let sku = Self.key(item["sku"]), let quantity = item["quantity"].flatMap({ ExactDecimal(utf8: $0.bytes) })
    else {
      return nil
    }
    self.sku = sku
    self.quantity = quantity
    price = item["price"].flatMap { ExactDecimal(utf8: $0.bytes) }
    name = Self.text(item["name"])
    category = Self.key(item["category"])
  }

  private static func key(_ value: JSONValue?) -> String? {
    guard let value, !value.bytes.isEmpty else { return nil }
    return String(normalising: value.bytes)
  }

  private static func text(_ value: JSONValue?) -> String? {
    guard let value, !value.bytes.isEmpty else { return nil }
    return String(decoding: value.bytes, as: UTF8.self)
  }

  func encode(to writer: inout ByteWriter) {
    writer.text(sku)
    writer.decimal(quantity)
    writer.optional(price) { $0.decimal($1) }
    writer.optional(name) { $0.text($1) }
    writer.optional(category) { $0.text($1) }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    sku = try reader.text()
    quantity = try reader.decimal()
    price = try reader.optional { (reader) throws(CodingError) in try reader.decimal() }
    name = try reader.optional { (reader) throws(CodingError) in try reader.text() }
    category = try reader.optional { (reader) throws(CodingError) in try reader.text() }
  }
}

extension ByteWriter {
  mutating func items(_ items: [OrderItem]) {
    count(items.count)
    for item in items { item.encode(to: &self) }
  }

  /// Scale, then the significand: short for the numbers that occur, whole for those that do not.
  mutating func decimal(_ value: ExactDecimal) {
    if let small = Int64(exactly: value.significand) {
      byte(UInt8(value.scale))
      signed(small)
    } else {
      byte(UInt8(value.scale) | 0x80)
      fixed(value.significand)
    }
  }
}

extension ByteReader {
  mutating func items() throws(CodingError) -> [OrderItem] {
    try list { (reader) throws(CodingError) in try OrderItem(&reader) }
  }

  mutating func decimal() throws(CodingError) -> ExactDecimal {
    let head = try byte()
    let scale = Int(head & 0x7F)
    guard scale <= ExactDecimal.greatestScale else { throw CodingError("a number has \(scale) decimals") }
    let significand = head & 0x80 == 0 ? Int128(try signed()) : try fixed(Int128.self)
    guard significand != .min else { throw CodingError("a number is out of range") }
    return ExactDecimal(significand: significand, scale: scale)
  }
}
