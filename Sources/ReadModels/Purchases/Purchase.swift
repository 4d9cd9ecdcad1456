import BinaryCoding
package import Events

/// An order of a person as a row of values, so that it can be asked what it was worth at any time.
package struct Purchase: Hashable, Sendable {
  /// What the order is worth from a time on.
  package struct Step: Hashable, Sendable {
    /// Microseconds since 1970; that of the first step is when the order was placed.
    package let time: Int64
    /// Net, in minor units; nil from when the order does not count.
    package let net: Int64?
  }

  package let currency: Currency
  package let first: Step
  /// Ascending by time, each unlike the one before; empty for an order that nothing happened to.
  package let later: [Step]

  package var placedAt: Int64 { first.time }

  /// What the order was worth at a time; nil before it was placed, and while it did not count.
  package func net(at time: Int64) -> Int64? {
    guard time >= first.time else { return nil }
    return (later.last { $0.time <= time } ?? first).net
  }

  /// Purchases of a person are in this order, whatever order they were found in.
  static func precedes(_ a: Purchase, _ b: Purchase) -> Bool {
    if a.placedAt != b.placedAt { return a.placedAt < b.placedAt }
    if a.currency != b.currency { return a.currency < b.currency }
    return ([a.first] + a.later).lexicographicallyPrecedes([b.first] + b.later) { $0.key < $1.key }
  }
}

extension Purchase.Step {
  /// Without a value comes before with one.
  fileprivate var key: (Int64, Int, Int64) { (time, net == nil ? 0 : 1, net ?? 0) }
}

/// A credit note that names no order.
package struct PurchaseCredit: Hashable, Sendable {
  /// Microseconds since 1970.
  package let issuedAt: Int64
  package let amount: Money

  static func precedes(_ a: Self, _ b: Self) -> Bool {
    (a.issuedAt, a.amount.currency, a.amount.minorUnits) < (b.issuedAt, b.amount.currency, b.amount.minorUnits)
  }
}
