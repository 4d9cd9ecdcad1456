/// A model of when customers order again: each orders at a rate of their own until they leave for good, unseen.
///
/// All figures are in days; the parameters count time in the model's unit.
package protocol OrderModel: Sendable {
  /// In the order of ``OrderModelKind/parameterNames``, all above zero.
  var parameters: [Double] { get }
  var unit: TimeUnit { get }

  /// How likely the customers' figures are, with the derivatives by the parameters. O(rows).
  func likelihood(of sample: RecencyFrequencySample) -> Likelihood
  /// How likely it is that a customer has not left. From 0 to 1.
  func aliveProbability(_ figures: RecencyFrequency) -> Double
  /// How many days with orders are expected within so many days from now, of a customer who has not left. Depends on
  /// repeats and age alone.
  func ordersWhileAlive(_ figures: RecencyFrequency, days: Double) -> Double
  /// The probability that a customer who has not left does not order within so many days from now.
  func quietProbabilityWhileAlive(_ figures: RecencyFrequency, days: Double) -> Double
}

extension OrderModel {
  /// How many days with orders are expected within so many days from now.
  package func expectedOrders(_ figures: RecencyFrequency, days: Double) -> Double {
    aliveProbability(figures) * ordersWhileAlive(figures, days: days)
  }

  /// The probability of no order within so many days from now.
  package func quietProbability(_ figures: RecencyFrequency, days: Double) -> Double {
    let alive = aliveProbability(figures)
    return 1 - alive + alive * quietProbabilityWhileAlive(figures, days: days)
  }

  /// The logarithm of the likelihood of one customer's figures.
  package func logLikelihood(_ figures: RecencyFrequency) -> Double {
    likelihood(of: RecencyFrequencySample([figures])).logarithm
  }

  /// A time in the unit.
  func time(_ days: Int) -> Double { Double(days) / unit.days }
}

/// The models that can be fitted. The raw values are those of stored fits and of the command line.
package enum OrderModelKind: String, CaseIterable, Sendable {
  case bgNBD = "bgnbd"
  case mbgNBD = "mbgnbd"
  case paretoNBD = "paretonbd"
  case nbd

  /// As papers write it.
  package var title: String {
    switch self {
    case .bgNBD: "BG/NBD"
    case .mbgNBD: "MBG/NBD"
    case .paretoNBD: "Pareto/NBD"
    case .nbd: "NBD"
    }
  }

  /// As papers name them.
  package var parameterNames: [String] {
    switch self {
    case .bgNBD, .mbgNBD: ["r", "alpha", "a", "b"]
    case .paretoNBD: ["r", "alpha", "s", "beta"]
    case .nbd: ["r", "alpha"]
    }
  }

  /// The model with as many parameters as there are names, all above zero and finite.
  package func model(_ parameters: [Double], unit: TimeUnit) -> any OrderModel {
    switch self {
    case .bgNBD: BetaGeometric(parameters, unit: unit, leavesAfterFirst: false)
    case .mbgNBD: BetaGeometric(parameters, unit: unit, leavesAfterFirst: true)
    case .paretoNBD: ParetoNBD(parameters, unit: unit)
    case .nbd: NBD(parameters, unit: unit)
    }
  }
}
