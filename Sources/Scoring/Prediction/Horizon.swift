import Glibc

/// How far ahead value is counted, and by how much what comes later counts less.
package struct Horizon: Hashable, Sendable {
  package let days: Int
  /// A year: 0.1 makes 110 in a year as good as 100 now.
  package let discountRate: Double
  /// Who orders nothing for so many days is lost, as far as the churn risk is concerned.
  package let churnDays: Int

  package init(days: Int, discountRate: Double, churnDays: Int = 90) {
    self.days = days
    self.discountRate = discountRate
    self.churnDays = churnDays
  }

  package static let standard = Horizon(days: 365, discountRate: 0.1)

  /// What a unit is worth that comes so many days from now.
  func discount(after days: Double) -> Double { exp(-log1p(discountRate) * days / 365.25) }

  /// Ends of the periods that are discounted as one, from 0 on: at most 30 days each.
  var periods: [Double] {
    let count = max(1, (days + 29) / 30)
    return (0...count).map { Double(days) * Double($0) / Double(count) }
  }
}

extension OrderModel {
  /// Orders expected within the horizon of a customer who has not left, each for what it is worth now: those of a period
  /// count as if they came in its middle.
  package func discountedOrdersWhileAlive(_ figures: RecencyFrequency, _ horizon: Horizon) -> Double {
    let ends = horizon.periods
    var (sum, before) = (0.0, 0.0)
    for (start, end) in zip(ends, ends.dropFirst()) {
      let orders = ordersWhileAlive(figures, days: end)
      sum += (orders - before) * horizon.discount(after: (start + end) / 2)
      before = orders
    }
    return sum
  }
}
