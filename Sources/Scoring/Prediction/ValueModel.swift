import Glibc

/// What an order of a customer is expected to be worth: by the Gamma-Gamma model, or, where it cannot be fitted, the mean
/// of the repeat orders of all customers.
package enum ValueModel: Sendable {
  case gammaGamma(GammaGamma)
  case mean(Double)

  /// In units of the currency, never below 0.
  package func expectedValue(_ value: RepeatValue) -> Double {
    switch self {
    case .gammaGamma(let model): model.expectedValue(value)
    case .mean(let mean): mean
    }
  }
}
