package import EventLog
package import Events
package import Scoring

/// Models fitted to a shop's customers, as they are stored: predictions are made of it and of a person's own figures.
package struct CLVFit: Sendable {
  /// A model of orders with how it predicted a holdout period, if there was one.
  package struct Candidate: Sendable {
    package let fit: OrderModelFit
    package let holdout: PredictionErrors?
    /// How long fitting took once the figures were read.
    package let seconds: Double

    package init(fit: OrderModelFit, holdout: PredictionErrors?, seconds: Double) {
      self.fit = fit
      self.holdout = holdout
      self.seconds = seconds
    }
  }

  /// What the models were fitted to.
  package struct Basis: Hashable, Sendable {
    package var asOf: CivilDate
    package var unit: TimeUnit
    package var currency: Currency
    package var customers: Int
    /// Who ordered on more than one day.
    package var repeatCustomers: Int
    package var firstOrder, lastOrder: CivilDate
    /// Events in the read models.
    package var position: Position
    /// The last day of the calibration period by which models were compared.
    package var calibrationEnd: CivilDate?
  }

  package var basis: Basis
  package var candidates: [Candidate]
  /// Which of the candidates predictions are made with, and why.
  package var chosen: OrderModelKind
  package var reason: String
  /// The Gamma-Gamma model; nil where too few orders can be compared.
  package var gammaGamma: Estimate?
  /// What the repeat orders of a customer are worth on average, over customers who have some, in units of the currency.
  package var meanValue: Double
  /// Of how often customers order and what their orders are worth, which the value model takes to be independent.
  package var valueCorrelation: Double?
  /// What should be known before the numbers are used.
  package var warnings: [String]
  /// How long all of it took, reading included.
  package var seconds: Double

  /// The fit of the chosen model. There always is one.
  package var orders: OrderModelFit { (candidates.first { $0.fit.kind == chosen } ?? candidates[0]).fit }

  package var value: ValueModel {
    guard let gammaGamma else { return .mean(meanValue) }
    let parameters = gammaGamma.parameters
    return .gammaGamma(GammaGamma(p: parameters[0], q: parameters[1], v: parameters[2]))
  }

  /// Predictions over a horizon. For one thread.
  package func forecaster(_ horizon: Horizon) -> Forecaster {
    Forecaster(orders: orders.model, value: value, horizon: horizon)
  }

  /// The estimates that predictions depend on.
  package var estimates: [Estimate] { [orders.estimate] + [gammaGamma].compactMap { $0 } }
}
