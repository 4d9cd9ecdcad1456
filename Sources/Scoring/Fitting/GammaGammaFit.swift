import Glibc

extension GammaGamma {
  /// The likeliest parameters for the customers with repeats whose mean value is above zero; nil if there are fewer than
  /// three of them, or if all are worth the same.
  package static func fit(_ values: [RepeatValue]) -> Estimate? {
    let usable = values.filter { $0.repeats > 0 && $0.mean > 0 }.sorted {
      ($0.repeats, $0.mean) < ($1.repeats, $1.mean)
    }
    guard usable.count >= 3, let first = usable.first, usable.contains(where: { $0.mean != first.mean }) else {
      return nil
    }
    let mean = usable.reduce(0) { $0 + $1.mean } / Double(usable.count)
    var evaluations = 0
    let search = MaximumLikelihood(
      bounds: [0, 1, 0], customers: Double(usable.count),
      likelihood: { parameters in
        evaluations += 1
        // In means of the sample: no currency makes the search easier or harder than another.
        return GammaGamma(p: parameters[0], q: parameters[1], v: parameters[2] * mean).likelihood(of: usable)
          .scalingLast(by: mean)
      })
    let starts: [[Double]] = [[1, 3, 1], [6, 4, 0.5], [0.5, 1.5, 2]]
    let begun = starts.map { search.minimum(from: search.point($0), isRough: true) }
    // There are starts.
    let rough = begun.min { $0.value < $1.value }.unsafelyUnwrapped
    let best = search.minimum(from: rough.point, inverseHessian: rough.inverseHessian)
    let (p, q, v) = (search.parameters(best.point)[0], search.parameters(best.point)[1], search.parameters(best.point)[2])
    return Estimate(
      parameters: [p, q, v * mean], logLikelihood: -best.value * Double(usable.count),
      covariance: search.hessian(at: best.point).inverse()?.scaledToLogarithms(of: best.point, bounds: [0, 1, 0]),
      hasConverged: best.hasConverged, evaluations: evaluations)
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
