/// What RFM looks at of a customer with at least one order that counts.
package struct RFMFigures: Hashable, Sendable {
  /// Whole days since the last order.
  package var recencyDays: Int
  /// Orders that count.
  package var orders: Int
  /// Their net value less credits, in minor units of the base currency.
  package var net: Int64

  package init(recencyDays: Int, orders: Int, net: Int64) {
    self.recencyDays = recencyDays
    self.orders = orders
    self.net = net
  }
}

/// A customer's scores, each from 1 to 5, the best.
package struct RFMScore: Hashable, Sendable {
  package let r, f, m: Int

  package init(r: Int, f: Int, m: Int) {
    (self.r, self.f, self.m) = (r, f, m)
  }

  /// The mean of F and M, halves rounded up.
  package var fm: Int { (f + m + 1) / 2 }
}
