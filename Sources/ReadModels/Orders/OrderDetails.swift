import BinaryCoding
package import Events
import JSON

/// What `order.placed` says of an order.
package struct OrderDetails: Hashable, Sendable {
  /// All amounts are in the currency of the total.
  package let total: Money
  package let subtotal, discount, shipping, tax: Money?
  /// How it is sent, in the shop's own words.
  package let shippingMethod: String?
  package let items: [OrderItem]
  package let coupon, campaign, cartID: String?
  package let channel: String
  package let store: String?

  init?(_ event: FoldedEvent) {
    guard let total = event.money("total") else { return nil }
    self.total = total
    subtotal = event.money("subtotal")
    discount = event.money("discount")
    shipping = Self.shippingAmount(event, total.currency)
    shippingMethod = event.data?["shipping"]?["method"].flatMap(FoldedEvent.text)
    tax = event.money("tax")
    items = OrderItem.list(event.data, total.currency)
    coupon = event.text("coupon")
    campaign = event.text("campaign")
    cartID = event.text("cart_id")
    channel = event.channelName
    store = event.storeName
  }

  /// Version 1 gave the amount alone; it is read as well, so that nothing is lost of an event that was not upcast.
  private static func shippingAmount(_ event: FoldedEvent, _ currency: Currency) -> Money? {
    guard let shipping = event.data?["shipping"] else { return nil }
    return (shipping.kind == .object ? shipping["amount"] : shipping).flatMap { FoldedEvent.money($0, currency) }
  }

  func encode(to writer: inout ByteWriter) {
    writer.money(total)
    for part in [subtotal, discount, shipping, tax] { writer.optional(part) { $0.money($1) } }
    writer.items(items)
    for text in [coupon, campaign, cartID] { writer.optional(text) { $0.text($1) } }
    writer.text(channel)
    writer.optional(store) { $0.text($1) }
    writer.optional(shippingMethod) { $0.text($1) }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    total = try reader.money()
    subtotal = try reader.optionalMoney()
    discount = try reader.optionalMoney()
    shipping = try reader.optionalMoney()
    tax = try reader.optionalMoney()
    items = try reader.items()
    coupon = try reader.optionalText()
    campaign = try reader.optionalText()
    cartID = try reader.optionalText()
    channel = try reader.text()
    store = try reader.optionalText()
    shippingMethod = reader.form >= 3 ? try reader.optionalText() : nil
  }
}
