import Glibc

/// The range that a prediction has because parameters are only estimates: nine times out of ten the prediction by the true
/// parameters lies within. What chance does to one customer comes on top of it.
package struct PredictionRange: Hashable, Sendable {
  package let low, high: Double

  /// Of a positive quantity that depends on parameters, by the delta method on the logarithmic scale; nil where the data
  /// do not tell the parameters.
  package init?(_ estimates: [Estimate], _ quantity: ([[Double]]) -> Double) {
    let parameters = estimates.map(\.parameters)
    let middle = quantity(parameters)
    guard middle > 0, middle.isFinite else { return nil }
    var variance = 0.0
    for (index, estimate) in estimates.enumerated() {
      guard let covariance = estimate.covariance else { return nil }
      let slopes = estimate.parameters.indices.map { parameter -> Double in
        let sides = [-1.0, 1.0].map { side -> Double in
          var changed = parameters
          changed[index][parameter] *= exp(side * Self.step)
          return log(quantity(changed))
        }
        return (sides[1] - sides[0]) / (2 * Self.step)
      }
      variance += covariance.form(slopes)
    }
    let factor = exp(Self.ninetyPercent * max(0, variance).squareRoot())
    guard factor.isFinite else { return nil }
    (low, high) = (middle / factor, middle * factor)
  }

  private static let step = 1e-4
  /// The 95th percentile of the normal distribution.
  private static let ninetyPercent = 1.644853626951473
}
