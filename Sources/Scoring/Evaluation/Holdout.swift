/// Customers whose first order lies in a calibration period, with what they ordered in it and after it.
package struct Holdout: Sendable {
  /// As of the end of the calibration period.
  package var figures: [RecencyFrequency] = []
  /// As many: days with orders in the holdout period.
  package var orders: [Int] = []
  /// How long the holdout period is.
  package let days: Int

  package init(days: Int) { self.days = days }

  package mutating func add(_ figures: RecencyFrequency, orders: Int) {
    self.figures.append(figures)
    self.orders.append(orders)
  }

  /// Adds the customers of another part, of as many days.
  package mutating func add(_ other: Holdout) {
    figures += other.figures
    orders += other.orders
  }

  /// How a model that was fitted on the calibration period predicts the holdout period. O(n log n).
  package func errors(of model: any OrderModel) -> PredictionErrors {
    PredictionErrors(expected: expected(by: model), actual: orders.map(Double.init))
  }

  /// The same for the guess that everybody goes on at the rate of their repeat orders so far.
  package var naiveErrors: PredictionErrors {
    PredictionErrors(
      expected: figures.map { Double($0.repeats) / Double(max(1, $0.ageDays)) * Double(days) },
      actual: orders.map(Double.init))
  }

  /// Orders expected of each customer.
  package func expected(by model: any OrderModel) -> [Double] {
    let forecaster = Forecaster(orders: model, value: .mean(0), horizon: .standard)
    return figures.map { forecaster.expectedOrders($0, days: days) }
  }

  /// Customers with so many repeats in the calibration period.
  package struct Group: Hashable, Sendable {
    package let repeats: Int
    package internal(set) var customers = 0
    package internal(set) var expected = 0.0
    package internal(set) var actual = 0
  }

  /// By repeats from 0 to `repeatsMax`, the last with all who have more.
  package func groups(by model: any OrderModel, repeatsMax: Int = 7) -> [Group] {
    var groups = (0...repeatsMax).map { Group(repeats: $0) }
    for (index, expected) in expected(by: model).enumerated() {
      let place = min(figures[index].repeats, repeatsMax)
      groups[place].customers += 1
      groups[place].expected += expected
      groups[place].actual += orders[index]
    }
    return groups
  }
}
