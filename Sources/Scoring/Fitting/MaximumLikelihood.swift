import Glibc

/// Parameters that make what was seen likeliest.
package struct Estimate: Sendable {
  package let parameters: [Double]
  package let logLikelihood: Double
  /// Covariances of the logarithms of the parameters, from the second derivatives; nil where the likelihood is flat, so
  /// that the data do not tell the parameters.
  package let covariance: Matrix?
  /// Whether the search came to rest.
  package let hasConverged: Bool
  /// How often the likelihood of all rows was computed.
  package let evaluations: Int

  package init(
    parameters: [Double], logLikelihood: Double, covariance: Matrix?, hasConverged: Bool, evaluations: Int
  ) {
    self.parameters = parameters
    self.logLikelihood = logLikelihood
    self.covariance = covariance
    self.hasConverged = hasConverged
    self.evaluations = evaluations
  }

  /// Of each parameter, by the delta method: its own size times the error of its logarithm.
  package var standardErrors: [Double]? {
    covariance.map { covariance in parameters.indices.map { parameters[$0] * covariance[$0, $0].squareRoot() } }
  }
}

/// Finds the likeliest parameters of a likelihood. All parameters are above a bound of their own and are searched for on
/// the logarithmic scale above it.
struct MaximumLikelihood {
  /// What lies at or below a parameter.
  let bounds: [Double]
  /// Customers, so that tolerances do not depend on how many there are.
  let customers: Double
  let likelihood: ([Double]) -> Likelihood

  /// Beyond e^16 either way a parameter says nothing.
  private static let logarithmMax = 16.0

  /// Looks for the likeliest point. A rough search ends once it knows the likelihood of a customer to nine digits.
  func minimum(from point: [Double], inverseHessian: Matrix? = nil, isRough: Bool = false) -> Minimiser.Outcome {
    let minimiser =
      isRough
      ? Minimiser(function: { objective($0) }, stepsMax: 80, gradientMax: 1e-6, gainMin: 1e-9)
      : Minimiser(function: { objective($0) })
    return minimiser.minimum(from: point, inverseHessian: inverseHessian)
  }

  func parameters(_ point: [Double]) -> [Double] { zip(bounds, point).map { $0 + exp($1) } }
  func point(_ parameters: [Double]) -> [Double] { zip(bounds, parameters).map { log($1 - $0) } }

  /// The mean of -ln L, with derivatives by the logarithms.
  private func objective(_ point: [Double]) -> (value: Double, gradient: [Double]) {
    guard point.allSatisfy({ abs($0) <= Self.logarithmMax }) else { return (.infinity, point) }
    let result = likelihood(parameters(point))
    guard result.logarithm.isFinite else { return (.infinity, point) }
    return (-result.logarithm / customers, zip(result.gradient, point).map { -$0 * exp($1) / customers })
  }

  /// The second derivatives of -ln L by the logarithms of the parameters above their bounds, as central differences of the
  /// gradient.
  func hessian(at point: [Double]) -> Matrix {
    let step = 1e-4
    let differences = point.indices.map { index -> [Double] in
      var (before, after) = (point, point)
      before[index] -= step
      after[index] += step
      return zip(objective(after).gradient, objective(before).gradient).map { customers * ($0 - $1) / (2 * step) }
    }
    return Matrix(
      point.indices.map { row in point.indices.map { (differences[row][$0] + differences[$0][row]) / 2 } })
  }
}
