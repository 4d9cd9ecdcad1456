import Glibc

extension GammaGamma {
  /// The likeliest parameters for a sample; nil for fewer than three customers, or if all are worth the same. The search
  /// goes as for models of orders.
  package static func fit(_ sample: RepeatValueSample) -> Estimate? {
    guard sample.count >= 3, !sample.isOfOneValue else { return nil }
    let mean = sample.mean
    let coarse = search(sample.thinned(rowsMax: 4_000), mean)
    let starts: [[Double]] = [[1, 3, 1], [6, 4, 0.5], [0.5, 1.5, 2]]
    let begun = starts.map { coarse.minimum(from: coarse.point($0), isRough: true) }
    // There are starts.
    let rough = begun.min { $0.value < $1.value }.unsafelyUnwrapped
    var evaluations = 0
    let fine = search(sample, mean) { evaluations += 1 }
    let best = fine.minimum(from: rough.point, inverseHessian: rough.inverseHessian)
    let parameters = fine.parameters(best.point)
    return Estimate(
      parameters: [parameters[0], parameters[1], parameters[2] * mean],
      logLikelihood: -best.value * Double(sample.count),
      covariance: fine.hessian(at: best.point).inverse()?.scaledToLogarithms(of: best.point, bounds: bounds),
      hasConverged: best.hasConverged, evaluations: evaluations)
  }

  /// q is above 1, so that there is a mean.
  private static let bounds: [Double] = [0, 1, 0]

  /// Values count in means of the sample: no currency makes the search easier or harder than another.
  private static func search(
    _ sample: RepeatValueSample, _ mean: Double, _ count: @escaping () -> Void = {}
  ) -> MaximumLikelihood {
    MaximumLikelihood(
      bounds: bounds, customers: Double(sample.count),
      likelihood: { parameters in
        count()
        return GammaGamma(p: parameters[0], q: parameters[1], v: parameters[2] * mean).likelihood(of: sample)
          .scalingLast(by: mean)
      })
  }
}

extension Likelihood {
  /// With the last parameter counted in another unit.
  fileprivate func scalingLast(by factor: Double) -> Likelihood {
    var scaled = self
    scaled.gradient[scaled.gradient.count - 1] *= factor
    return scaled
  }
}

extension Matrix {
  /// From covariances of ln(parameter - bound) to those of ln(parameter).
  fileprivate func scaledToLogarithms(of point: [Double], bounds: [Double]) -> Matrix {
    let factors = zip(point, bounds).map { exp($0) / (exp($0) + $1) }
    return Matrix(rows.indices.map { row in rows.indices.map { rows[row][$0] * factors[row] * factors[$0] } })
  }
}
