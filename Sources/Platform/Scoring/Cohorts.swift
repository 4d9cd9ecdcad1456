package import Events
package import Projections
import TimeZones

/// Customers by the month of their first order that counts, and what became of them month by month.
package struct Cohorts: Sendable {
  package struct Cohort: Sendable {
    /// The first day of the month.
    package let month: CivilDate
    /// Who ordered first in it.
    package internal(set) var customers = 0
    /// By months since, from 0: customers with an order in it.
    package internal(set) var active: [Int]
    /// By months since: the net value of its orders, in minor units.
    package internal(set) var net: [Int64]

    /// The net value of all orders up to and with that month.
    package func cumulativeNet(_ month: Int) -> Int64 { net.prefix(month + 1).reduce(0, &+) }
    /// The share of the customers with an order in that month.
    package func retention(_ month: Int) -> Double { Double(active[month]) / Double(max(1, customers)) }
  }

  package let day: ScoringDay
  package let currency: Currency
  /// By month, also those in which nobody came.
  package let cohorts: [Cohort]
  /// People left out because an amount of theirs has no rate, by its currency.
  package let withoutRate: [Currency: Int]

  /// As of a day; without one, of that of the last order until now. Throws ``ScoringError``. O(people).
  package init(
    asOf date: CivilDate?, now: Instant, _ configuration: Configuration, in snapshot: borrowing Snapshot
  ) throws {
    let zone = configuration.timeZone
    let limit = ScoringDay(date ?? zone.civil(now).date, in: zone)
    let half = Half(sales: SalesReader(configuration, until: limit.end))
    var halves = (first: half, second: half)
    try snapshot.forEachBuyer(&halves) { half, _, history in
      guard let sales = try half.sales.sales(history)?.sales, let first = sales.first else { return }
      half.last = max(half.last, sales[sales.count - 1].day)
      half.customers.append((Self.month(first.day), sales.map { (Self.month($0.day), $0.net) }))
    }
    let customers = halves.first.customers + halves.second.customers
    let last = max(halves.first.last, halves.second.last)
    let reader = try halves.first.sales.joined(with: halves.second.sales)
    day = date == nil && !customers.isEmpty ? ScoringDay(CivilDate(daysSinceEpoch: last), in: zone) : limit
    guard let currency = reader.currency, let first = customers.lazy.map(\.first).min() else {
      throw ScoringError.nobody(asOf: day.date)
    }
    self.currency = currency
    withoutRate = reader.withoutRate
    let end = Self.month(day.number)
    var cohorts = (first...end).map { month in
      let months = end - month + 1
      return Cohort(
        month: Self.date(month), active: Array(repeating: 0, count: months), net: Array(repeating: 0, count: months))
    }
    for customer in customers {
      cohorts[customer.first - first].customers += 1
      for month in Set(customer.sales.map(\.month)) {
        cohorts[customer.first - first].active[month - customer.first] += 1
      }
      for sale in customer.sales { cohorts[customer.first - first].net[sale.month - customer.first] &+= sale.net }
    }
    self.cohorts = cohorts
  }

  private struct Half {
    var sales: SalesReader
    var customers: [(first: Int, sales: [(month: Int, net: Int64)])] = []
    var last = 0
  }

  /// Months since the year 0.
  private static func month(_ day: Int) -> Int {
    let date = CivilDate(daysSinceEpoch: day)
    return date.year * 12 + date.month - 1
  }

  private static func date(_ month: Int) -> CivilDate {
    // Every year has twelve months, each with a first day.
    CivilDate(year: month / 12, month: month % 12 + 1, day: 1) ?? CivilDate(daysSinceEpoch: 0)
  }
}
