package import Events
package import ReadModels
package import TimeZones

/// An order that counts: on which day, and what it is worth, net of credits.
package struct Sale: Hashable, Sendable {
  /// Days since 1970, in the shop's time zone.
  package let day: Int
  /// Minor units of the base currency, never below 0.
  package let net: Int64
}

/// Turns what a person bought into sales of the base currency, as of a moment.
package struct SalesReader {
  package let zone: TimeZone
  private let configuration: Configuration
  /// What happened later plays no part. Microseconds since 1970.
  private let end: Int64
  /// The base currency, or else the only one that was met; nil before any was.
  package private(set) var currency: Currency?
  /// People left out, by the currency that has no rate.
  package private(set) var withoutRate: [Currency: Int] = [:]

  package init(_ configuration: Configuration, until end: Int64) {
    self.configuration = configuration
    self.end = end
    zone = configuration.timeZone
    currency = configuration.baseCurrency
  }

  /// The orders that count, by when they were placed, and the person's net value; nil for somebody without, and for
  /// somebody with an amount that has no rate. Throws `severalCurrencies`. O(orders and credits).
  package mutating func sales(_ history: PurchaseHistory) throws(ScoringError) -> (sales: [Sale], net: Int64)? {
    var orders = Orders(history, until: end)
    guard !orders.entries.isEmpty else { return nil }
    orders.subtractCredits(history.credits, until: end)
    guard let rates = try rates(orders) else { return nil }
    var net: Int64 = 0
    for (currency, sum) in orders.sums { net &+= rates(Money(minorUnits: sum, currency: currency)) }
    let sales = orders.entries.map { order in
      Sale(day: zone.dayNumber(order.placedAt), net: rates(Money(minorUnits: order.net, currency: order.currency)))
    }
    return (sales, net)
  }

  /// What turns amounts of the orders into minor units of the base currency; nil where one has no rate.
  private mutating func rates(_ orders: Orders) throws(ScoringError) -> ((Money) -> Int64)? {
    for order in orders.entries where order.currency != currency {
      guard let base = currency else {
        currency = order.currency
        continue
      }
      guard configuration.baseCurrency != nil else { throw .severalCurrencies([base, order.currency].sorted()) }
      guard configuration.rates[order.currency] != nil else {
        withoutRate[order.currency, default: 0] += 1
        return nil
      }
    }
    let (base, configuration) = (currency, configuration)
    // A rate is there, so only an amount beyond what money can hold fails.
    return { $0.currency == base ? $0.minorUnits : configuration.inBaseCurrency($0)?.minorUnits ?? 0 }
  }

  /// The orders that count at a moment, each in its own currency.
  private struct Orders {
    var entries: [(placedAt: Int64, currency: Currency, net: Int64)] = []

    init(_ history: PurchaseHistory, until end: Int64) {
      entries.reserveCapacity(history.purchases.count)
      for purchase in history.purchases {
        guard let net = purchase.net(at: end) else { continue }
        entries.append((purchase.placedAt, purchase.currency, net))
      }
    }

    /// By currency.
    var sums: [(currency: Currency, sum: Int64)] {
      var sums: [(currency: Currency, sum: Int64)] = []
      for entry in entries {
        if let index = sums.firstIndex(where: { $0.currency == entry.currency }) {
          sums[index].sum &+= entry.net
        } else {
          sums.append((entry.currency, entry.net))
        }
      }
      return sums
    }

    /// A credit that names no order is taken off the latest orders before it, then off the first after it, in its
    /// currency: so the sum of what is left is the person's net value, and a return is not credited to an order of years ago.
    mutating func subtractCredits(_ credits: [PurchaseCredit], until end: Int64) {
      for credit in credits where credit.issuedAt <= end {
        let after = entries.firstIndex { $0.placedAt > credit.issuedAt } ?? entries.count
        var rest = credit.amount.minorUnits
        for index in Array((0..<after).reversed()) + Array(after..<entries.count) {
          guard rest > 0 else { break }
          guard entries[index].currency == credit.amount.currency else { continue }
          let taken = min(rest, entries[index].net)
          entries[index].net -= taken
          rest -= taken
        }
      }
    }
  }
}
