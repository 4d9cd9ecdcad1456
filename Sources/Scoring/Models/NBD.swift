import Glibc

/// NBD: orders come at a rate that is gamma distributed over customers, and nobody ever leaves.
///
/// Ehrenberg, "The pattern of consumer purchases" (Applied Statistics 8, 1959). The likelihood is that of the moments of
/// orders, as with the other models, so that it can be compared with theirs.
struct NBD: OrderModel {
  let r, alpha: Double
  let unit: TimeUnit

  init(_ parameters: [Double], unit: TimeUnit) {
    (r, alpha) = (parameters[0], parameters[1])
    self.unit = unit
  }

  var parameters: [Double] { [r, alpha] }

  func likelihood(of sample: RecencyFrequencySample) -> Likelihood {
    let times = DayTable(start: alpha, unit: unit, daysMax: sample.ageDaysMax)
    return Likelihood.sum(over: sample.rows) { likelihood(of: $0, times) }
  }

  private func likelihood(of rows: UnsafeBufferPointer<RecencyFrequencySample.Row>, _ times: DayTable) -> Likelihood {
    var (logarithm, byR, byAlpha) = (0.0, 0.0, 0.0)
    for entry in rows {
      let (row, weight) = (entry.figures, entry.weight)
      let k = r + Double(row.repeats)
      let age = times.logarithms[row.ageDays]
      logarithm += weight * (logGamma(k) - logGamma(r) + r * log(alpha) - k * age)
      byR += weight * (digamma(k) - digamma(r) + log(alpha) - age)
      byAlpha += weight * (r / alpha - k * times.inverses[row.ageDays])
    }
    return Likelihood(logarithm: logarithm, gradient: [byR, byAlpha])
  }

  func aliveProbability(_ figures: RecencyFrequency) -> Double { 1 }

  func ordersWhileAlive(_ figures: RecencyFrequency, days: Double) -> Double {
    (r + Double(figures.repeats)) / (alpha + time(figures.ageDays)) * (days / unit.days)
  }

  func quietProbabilityWhileAlive(_ figures: RecencyFrequency, days: Double) -> Double {
    exp(-(r + Double(figures.repeats)) * log1p(days / unit.days / (alpha + time(figures.ageDays))))
  }
}
