import Scoring

/// What a reader should know before they rely on a fit.
struct FitWarnings {
  private(set) var texts: [String] = []

  /// Below these Klaviyo, for one, shows no predictions at all.
  private static let customersMin = 500
  private static let historyDaysMin = 180
  /// Beyond it, customers who order more often have orders of clearly other value.
  private static let correlationMax = 0.3

  init(_ fit: CLVFit, _ sample: RecencyFrequencySample, _ buyers: Buyers, isDropoutKnown: Bool?) {
    let basis = fit.basis
    if basis.customers < Self.customersMin {
      texts.append("only \(basis.customers) customers have ordered; below \(Self.customersMin) the numbers are rough")
    }
    let history = sample.ageDaysMax
    if history < Self.historyDaysMin {
      texts.append("the data cover only \(history) days; below \(Self.historyDaysMin) the numbers are rough")
    }
    if isDropoutKnown == false, fit.chosen != .nbd {
      texts.append("the data do not tell that customers leave; NBD explains them as well as BG/NBD")
    }
    if !fit.orders.estimate.hasConverged {
      texts.append("the search for the likeliest \(fit.chosen.title) did not come to rest")
    }
    if fit.orders.estimate.covariance == nil {
      texts.append("the data do not tell all parameters of \(fit.chosen.title) apart, so no ranges can be given")
    }
    if fit.gammaGamma == nil {
      texts.append("the value of orders does not vary enough for a model; their mean stands for everybody's")
    }
    if let correlation = fit.valueCorrelation, abs(correlation) > Self.correlationMax {
      texts.append(
        "how often customers order and what their orders are worth are correlated (\(decimalText(correlation, decimals: 2))), "
          + "which the value model takes to be independent")
    }
  }
}
