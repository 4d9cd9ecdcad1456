import BinaryCoding
package import Events

/// How long before an order a touch may lie to be credited with it.
package enum AttributionWindow {
  /// Five days, the default of Klaviyo for opens and clicks of e-mails
  /// (https://help.klaviyo.com/hc/en-us/articles/1260804504250). It counts from the touch, so that what is credited can
  /// be told from events of the person alone. Microseconds.
  package static let standard: Int64 = 5 * 86_400 * 1_000_000
}

/// The orders of one person that one campaign, or one variant of it, is credited with.
package struct AttributedOrders: Hashable, Sendable {
  /// In NFC, as they serve as keys.
  package let campaign: String
  package let variant: String?
  package internal(set) var orders: Int64 = 0
  /// What the orders are worth net, in minor units by currency.
  package internal(set) var revenue = Sums<Currency>()

  init(campaign: String, variant: String?) {
    self.campaign = campaign
    self.variant = variant
  }

  func encode(to writer: inout ByteWriter) {
    writer.text(campaign)
    writer.optional(variant) { $0.text($1) }
    writer.signed(orders)
    revenue.encode(to: &writer)
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    campaign = try reader.text()
    variant = try reader.optionalText()
    orders = try reader.signed()
    revenue = try Sums(&reader)
  }
}
