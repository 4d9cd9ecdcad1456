import Events
package import Projections
package import Scoring
import TimeZones

/// Customers by what was known of them on the last day of a calibration period, and what they did after it.
package struct HoldoutCustomers {
  /// The last day of the calibration period, and that of the holdout period.
  package let day, end: ScoringDay
  package private(set) var holdout: Holdout
  /// Since the first order of all: by day, how many customers came, and how many repeat orders.
  package private(set) var starts: [Int] = []
  package private(set) var repeats: [Int] = []
  /// The first day with an order.
  package let firstDay: Int

  /// What happened after the calibration period plays no part in what is known of customers, not even a refund of an
  /// order before its end. Throws ``ScoringError``. O(people).
  package init(
    calibrationEnd day: ScoringDay, holdoutEnd end: ScoringDay, _ configuration: Configuration,
    in snapshot: borrowing Snapshot
  ) throws {
    (self.day, self.end) = (day, end)
    let half = Half(
      known: SalesReader(configuration, until: day.end), whole: SalesReader(configuration, until: end.end),
      holdout: Holdout(days: end.number - day.number))
    var halves = (first: half, second: half)
    try snapshot.forEachBuyer(&halves) { half, key, history in
      guard let (sales, net) = try half.known.sales(history), let buyer = Buyer(key, sales, net: net) else { return }
      let after = try half.whole.sales(history)?.sales ?? []
      let later = Self.days(of: after, after: day.number)
      half.holdout.add(buyer.recencyFrequency(on: day), orders: later.count)
      half.days.append((buyer.firstDay, Self.days(of: sales, after: buyer.firstDay) + later))
    }
    _ = try halves.first.whole.joined(with: halves.second.whole)
    let days = halves.first.days + halves.second.days
    holdout = halves.first.holdout
    holdout.add(halves.second.holdout)
    firstDay = days.lazy.map(\.first).min() ?? day.number
    let count = max(0, end.number - firstDay + 1)
    (starts, repeats) = (Array(repeating: 0, count: count), Array(repeating: 0, count: count))
    for customer in days {
      starts[customer.first - firstDay] += 1
      for day in customer.repeats { repeats[day - firstDay] += 1 }
    }
  }

  private struct Half {
    var known, whole: SalesReader
    var holdout: Holdout
    var days: [(first: Int, repeats: [Int])] = []
  }

  /// The days of sales after a day, each once; sales are ascending by day.
  private static func days(of sales: [Sale], after first: Int) -> [Int] {
    var (days, last) = ([Int](), first)
    for sale in sales where sale.day > last {
      days.append(sale.day)
      last = sale.day
    }
    return days
  }

  /// Week by week from the first order on, beside what a model expects.
  package func tracking(by model: any OrderModel) -> Tracking {
    Tracking(starts: starts, repeats: repeats, days: starts.count, model: model)
  }
}
