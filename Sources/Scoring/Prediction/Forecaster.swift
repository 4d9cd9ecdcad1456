/// Answers questions about many customers by one pair of models. What depends on repeats and age alone is computed once
/// for all who share them.
package final class Forecaster {
  package let orders: any OrderModel
  package let value: ValueModel
  package let horizon: Horizon

  private struct Key: Hashable {
    let repeats, ageDays: Int
    /// Nil for the discounted orders of the horizon.
    let days: Int?
  }
  private var known: [Key: Double] = [:]

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

  /// The probability of no order within so many days from now.
  package func churnRisk(_ figures: RecencyFrequency, days: Int) -> Double {
    orders.quietProbability(figures, days: Double(days))
  }

  /// What the orders expected within the horizon are worth now, in units of the currency.
  package func residualValue(_ figures: RecencyFrequency, _ value: RepeatValue) -> Double {
    let count = whileAlive(figures, nil) { orders.discountedOrdersWhileAlive(figures, horizon) }
    return aliveProbability(figures) * count * self.value.expectedValue(value)
  }

  private func whileAlive(_ figures: RecencyFrequency, _ days: Int?, _ compute: () -> Double) -> Double {
    let key = Key(repeats: figures.repeats, ageDays: figures.ageDays, days: days)
    if let value = known[key] { return value }
    let value = compute()
    known[key] = value
    return value
  }
}
