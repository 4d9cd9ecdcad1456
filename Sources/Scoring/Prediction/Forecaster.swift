/// Answers questions about many customers by one pair of models. What depends on repeats and age alone is computed once
/// for all who share them.
package final class Forecaster {
  package let orders: any OrderModel
  package let value: ValueModel
  package let horizon: Horizon

  /// By days, nil for the discounted orders of the horizon, then by repeats and age: what was computed, else not a number.
  private var known: [Int?: [[Double]]] = [:]

  /// For one thread.
  package init(orders: any OrderModel, value: ValueModel, horizon: Horizon) {
    self.orders = orders
    self.value = value
    self.horizon = horizon
  }

  package func aliveProbability(_ figures: RecencyFrequency) -> Double { orders.aliveProbability(figures) }

  /// Days with orders within so many days from now.
  package func expectedOrders(_ figures: RecencyFrequency, days: Int) -> Double {
    aliveProbability(figures) * whileAlive(figures, days) { orders.ordersWhileAlive(figures, days: Double(days)) }
  }

  /// The probability of no order within the days after which the horizon counts somebody as lost.
  package func churnRisk(_ figures: RecencyFrequency) -> Double {
    orders.quietProbability(figures, days: Double(horizon.churnDays))
  }

  /// What the orders expected within the horizon are worth now, in units of the currency.
  package func residualValue(_ figures: RecencyFrequency, _ value: RepeatValue) -> Double {
    let count = whileAlive(figures, nil) { orders.discountedOrdersWhileAlive(figures, horizon) }
    return aliveProbability(figures) * count * self.value.expectedValue(value)
  }

  private func whileAlive(_ figures: RecencyFrequency, _ days: Int?, _ compute: () -> Double) -> Double {
    let (repeats, age) = (figures.repeats, figures.ageDays)
    // Beyond these there are few to share with.
    guard repeats < 4_096, age < 16_384 else { return compute() }
    let value = known[days]?.value(repeats, age) ?? .nan
    if !value.isNaN { return value }
    let computed = compute()
    known[days, default: []].set(repeats, age, computed)
    return computed
  }
}

extension [[Double]] {
  fileprivate func value(_ row: Int, _ column: Int) -> Double? {
    row < count && column < self[row].count ? self[row][column] : nil
  }

  fileprivate mutating func set(_ row: Int, _ column: Int, _ value: Double) {
    if row >= count { self += Array(repeating: [], count: row + 1 - count) }
    if column >= self[row].count { self[row] += [Double](repeating: .nan, count: column + 256 - self[row].count) }
    self[row][column] = value
  }
}
