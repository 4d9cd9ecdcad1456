import BinaryCoding
package import Events
import JSON

/// A line of an order.
package struct OrderItem: Hashable, Sendable {
  package let sku: String
  package let quantity: ExactDecimal
  /// For one unit, in major units; up to six decimals.
  package let price: ExactDecimal?
  /// In NFC, as they serve as keys.
  package let name, category: String?
  /// Taken off the line, and tax within or on top of it. In the order's currency.
  package let discount, tax: Money?

  /// The items of an event's `data`; entries without a readable sku or quantity are passed over.
  ///
  /// Amounts are read where the currency is known.
  static func list(_ data: JSONValue?, _ currency: Currency?) -> [OrderItem] {
    guard let items = data?["items"] else { return [] }
    return items.elements.compactMap { OrderItem($0, currency) }
  }

  private init?(_ item: JSONValue, _ currency: Currency?) {
    guard let sku = Self.key(item["sku"]), let quantity = item["quantity"].flatMap({ ExactDecimal(utf8: $0.bytes) })
    else {
      return nil
    }
    self.sku = sku
    self.quantity = quantity
    price = item["price"].flatMap { ExactDecimal(utf8: $0.bytes) }
    name = Self.key(item["name"])
    category = Self.key(item["category"])
    discount = currency.flatMap { currency in item["discount"].flatMap { FoldedEvent.money($0, currency) } }
    tax = currency.flatMap { currency in item["tax"].flatMap { FoldedEvent.money($0, currency) } }
  }

  private static func key(_ value: JSONValue?) -> String? {
    guard let value, !value.bytes.isEmpty else { return nil }
    return String(normalising: value.bytes)
  }

  func encode(to writer: inout ByteWriter) {
    writer.text(sku)
    writer.decimal(quantity)
    writer.optional(price) { $0.decimal($1) }
    writer.optional(name) { $0.text($1) }
    writer.optional(category) { $0.text($1) }
    writer.optional(discount) { $0.money($1) }
    writer.optional(tax) { $0.money($1) }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    sku = try reader.text()
    quantity = try reader.decimal()
    price = try reader.optional { (reader) throws(CodingError) in try reader.decimal() }
    name = try reader.optionalText()
    category = try reader.optionalText()
    discount = reader.form >= 3 ? try reader.optionalMoney() : nil
    tax = reader.form >= 3 ? try reader.optionalMoney() : nil
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
