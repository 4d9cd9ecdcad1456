import Glibc

/// A model of orders with the parameters that fit.
package struct OrderModelFit: Sendable {
  package let kind: OrderModelKind
  package let unit: TimeUnit
  package let estimate: Estimate

  package init(kind: OrderModelKind, unit: TimeUnit, estimate: Estimate) {
    self.kind = kind
    self.unit = unit
    self.estimate = estimate
  }

  package var model: any OrderModel { kind.model(estimate.parameters, unit: unit) }
}

extension OrderModelKind {
  /// The model with the likeliest parameters for a sample of at least one customer.
  ///
  /// A rough search begins at several places, always the same, on every n-th row where there are very many; from the best
  /// of what it finds, the search goes on with all rows. O(rows) for each of some dozen evaluations.
  package func fit(_ sample: RecencyFrequencySample, unit: TimeUnit) -> OrderModelFit {
    let thinned = sample.thinned(rowsMax: 4_000)
    let coarse = search(thinned, unit)
    let begun = starts(sample, unit).map { coarse.minimum(from: coarse.point($0), isRough: true) }
    // There is at least one start, and ties go to the first.
    let best = begun.min { $0.value < $1.value }.unsafelyUnwrapped
    var evaluations = 0
    let fine = search(sample, unit) { evaluations += 1 }
    let found = fine.minimum(from: best.point, inverseHessian: best.inverseHessian)
    let covariance = fine.hessian(at: found.point).inverse()
    let estimate = Estimate(
      parameters: fine.parameters(found.point), logLikelihood: -found.value * Double(sample.customers),
      covariance: covariance, hasConverged: found.hasConverged, evaluations: evaluations)
    return OrderModelFit(kind: self, unit: unit, estimate: estimate)
  }

  private func search(
    _ sample: RecencyFrequencySample, _ unit: TimeUnit, _ count: @escaping () -> Void = {}
  ) -> MaximumLikelihood {
    MaximumLikelihood(
      bounds: parameterNames.map { _ in 0 }, customers: Double(sample.customers),
      likelihood: {
        count()
        return model($0, unit: unit).likelihood(of: sample)
      })
  }

  /// Rates about the mean rate of the sample, spread little and much; leaving at once, late, and hardly ever.
  private func starts(_ sample: RecencyFrequencySample, _ unit: TimeUnit) -> [[Double]] {
    let (repeats, days) = sample.rows.reduce((0.0, 0.0)) { sum, row in
      (sum.0 + row.weight * Double(row.figures.repeats), sum.1 + row.weight * Double(row.figures.ageDays))
    }
    let rate = max(repeats, 0.5) / (max(days, 1) / unit.days)
    let age = max(days, 1) / unit.days / Double(sample.customers)
    let rates = [[0.5, 0.5 / rate], [2, 2 / rate]]
    switch self {
    case .nbd: return rates
    case .bgNBD, .mbgNBD: return rates.flatMap { rate in [[0.5, 2], [1, 10]].map { rate + $0 } }
    case .paretoNBD: return rates.flatMap { rate in [[0.5, age], [1, 5 * age]].map { rate + $0 } }
    }
  }
}
