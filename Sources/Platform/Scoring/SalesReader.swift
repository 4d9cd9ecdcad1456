package import Events
package import ReadModels
import TimeZones

/// An order that counts: on which day, and what it is worth, net of credits.
package struct Sale: Hashable, Sendable {
  /// Days since 1970, in the shop's time zone.
  package let day: Int
  /// Minor units of the base currency, never below 0.
  package let net: Int64
}

/// Turns what a person bought into sales of the base currency, as of a moment.
package struct SalesReader {
  private let configuration: Configuration
  private var days: DayNumbers
  /// Those of the person that is read; kept for its memory.
  private var orders = Orders()
  /// What happened later plays no part. Microseconds since 1970.
  private let end: Int64
  /// The base currency, or else the only one that was met; nil before any was.
  package private(set) var currency: Currency?
  /// People left out, by the currency that has no rate.
  package private(set) var withoutRate: [Currency: Int] = [:]

  package init(_ configuration: Configuration, until end: Int64) {
    self.configuration = configuration
    self.end = end
    days = DayNumbers(configuration.timeZone)
    currency = configuration.baseCurrency
  }

  /// What two readers met, each of some of the people. Throws `severalCurrencies`.
  package func joined(with other: SalesReader) throws(ScoringError) -> SalesReader {
    var both = self
    both.currency = currency ?? other.currency
    if let one = currency, let two = other.currency, one != two { throw .severalCurrencies([one, two].sorted()) }
    both.withoutRate.merge(other.withoutRate) { $0 + $1 }
    return both
  }

  /// The orders that count, by when they were placed, and the person's net value; nil for somebody without, and for
  /// somebody with an amount that has no rate. Throws `severalCurrencies`. O(orders and credits).
  package mutating func sales(_ history: PurchaseHistory) throws(ScoringError) -> (sales: [Sale], net: Int64)? {
    orders.take(history, until: end)
    guard !orders.entries.isEmpty else { return nil }
    if !history.credits.isEmpty { orders.subtractCredits(history.credits, until: end) }
    guard try hasRates() else { return nil }
    var sales: [Sale] = []
    sales.reserveCapacity(orders.entries.count)
    for order in orders.entries {
      sales.append(Sale(day: days.day(order.placedAt), net: inBaseCurrency(order.net, order.currency)))
    }
    return (sales, orders.isOfOneCurrency ? sales.reduce(0) { $0 &+ $1.net } : net)
  }

  /// Converted by the sum, as a person's value is.
  private var net: Int64 {
    orders.sums.reduce(0) { $0 &+ inBaseCurrency($1.sum, $1.currency) }
  }

  /// Whether all amounts of the orders can be added.
  private mutating func hasRates() throws(ScoringError) -> Bool {
    for order in orders.entries where order.currency != currency {
      guard let base = currency else {
        currency = order.currency
        continue
      }
      guard configuration.baseCurrency != nil else { throw .severalCurrencies([base, order.currency].sorted()) }
      guard configuration.rates[order.currency] != nil else {
        withoutRate[order.currency, default: 0] += 1
        return false
      }
    }
    return true
  }

  /// Minor units of the base currency. A rate is there, so only an amount beyond what money can hold is lost.
  private func inBaseCurrency(_ minorUnits: Int64, _ own: Currency) -> Int64 {
    if own == currency { return minorUnits }
    return configuration.inBaseCurrency(Money(minorUnits: minorUnits, currency: own))?.minorUnits ?? 0
  }

  /// The orders that count at a moment, each in its own currency.
  private struct Orders {
    var entries: [(placedAt: Int64, currency: Currency, net: Int64)] = []

    mutating func take(_ history: PurchaseHistory, until end: Int64) {
      entries.removeAll(keepingCapacity: true)
      for purchase in history.purchases {
        guard let net = purchase.net(at: end) else { continue }
        entries.append((purchase.placedAt, purchase.currency, net))
      }
    }

    /// Then each order converted is the sum converted.
    var isOfOneCurrency: Bool { entries.dropFirst().allSatisfy { $0.currency == entries[0].currency } }

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
