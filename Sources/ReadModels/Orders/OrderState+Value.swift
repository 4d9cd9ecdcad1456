package import Events

/// Where an order stands: the furthest step that it has reached.
package enum OrderStatus: String, Sendable, CaseIterable {
  case unknown, placed, confirmed, packed, shipped, delivered, returned, refunded, cancelled
}

extension OrderState {
  /// Cancelled, returned and refunded before all others; else the furthest step. An order is paid beside its way.
  package var status: OrderStatus {
    if steps[.cancelled] != nil { return .cancelled }
    if isFullyReturned { return .returned }
    if isFullyRefunded { return .refunded }
    if steps[.delivered] != nil { return .delivered }
    if steps[.shipped] != nil { return .shipped }
    if steps[.packed] != nil { return .packed }
    if steps[.confirmed] != nil { return .confirmed }
    // An order of which only payments are known is not known to be placed.
    return placed == nil ? .unknown : .placed
  }

  /// Whether the order counts: placed, and neither cancelled nor fully returned or refunded.
  package var counts: Bool {
    placed != nil && steps[.cancelled] == nil && !isFullyReturned && !isFullyRefunded
  }

  /// The total when it was placed.
  package var total: Money? { placed?.value.total }

  /// The sum of refunds and credit notes in the order's currency.
  package var refunded: Money? {
    guard let total else { return nil }
    var sum: Int64 = 0
    for entry in refunds.entries where entry.value.value.currency == total.currency {
      sum &+= entry.value.value.minorUnits
    }
    return Money(minorUnits: sum, currency: total.currency)
  }

  /// What was paid by currency, with an id and without, in minor units; made anew each time. O(payments).
  package var paid: NamedValues<Int64> {
    var sums = unnamedPayments
    for entry in payments.entries {
      let amount = entry.value.value
      sums.update(amount.currency.code, adding: amount.minorUnits) { $0 &+= amount.minorUnits }
    }
    return sums
  }

  /// What was paid in the order's currency.
  package var paidTotal: Money? {
    (total?.currency).map { Money(minorUnits: paid[$0.code] ?? 0, currency: $0) }
  }

  /// Total minus refunds, never below zero; zero for an order that does not count.
  package var net: Money? {
    guard let total, let refunded else { return nil }
    return Money(minorUnits: counts ? max(0, total.minorUnits &- refunded.minorUnits) : 0, currency: total.currency)
  }

  /// Refunds reach the total of an order that was not free.
  package var isFullyRefunded: Bool {
    guard let total, let refunded, total.minorUnits > 0 else { return false }
    return refunded.minorUnits >= total.minorUnits
  }

  /// A return that names no items takes the whole order back; others do once they cover every item.
  package var isFullyReturned: Bool { isFullyReturned(at: .max) }

  /// The same by the returns until a time, in microseconds since 1970.
  func isFullyReturned(at time: Int64) -> Bool {
    let returns = returns.entries.lazy.filter { $0.value.stamp.time <= time }.map(\.value.value)
    guard !returns.isEmpty else { return false }
    if returns.contains(where: \.isEmpty) { return true }
    let back = Self.quantities(returns.flatMap { $0 })
    let bought = Self.quantities(placed?.value.items ?? [])
    return !bought.isEmpty && bought.allSatisfy { sku, quantity in back[sku, default: .zero] >= quantity }
  }

  /// The units of each article.
  static func quantities(_ items: [OrderItem]) -> [String: ExactDecimal] {
    var sums: [String: ExactDecimal] = [:]
    for item in items {
      // Beyond 38 digits a quantity says nothing; the sum then stays where it is.
      do { sums[item.sku] = try sums[item.sku, default: .zero].adding(item.quantity) } catch { continue }
    }
    return sums
  }
}
