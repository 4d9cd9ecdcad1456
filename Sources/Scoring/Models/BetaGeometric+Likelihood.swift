import Glibc

extension BetaGeometric {
  /// Equation 6 of Fader, Hardie and Lee (2005).
  func likelihood(of sample: RecencyFrequencySample) -> Likelihood {
    let times = DayTable(start: alpha, unit: unit, daysMax: sample.ageDaysMax)
    return Likelihood.sum(over: sample.rows) { likelihood(of: $0, times) }
  }

  /// What depends on the repeats alone.
  private struct Constants {
    let logarithm, byR, byA, byB, leavingOdds: Double
    /// The derivative of the odds of leaving by b, negated.
    let leavingByB: Double

    init(_ model: BetaGeometric, repeats: Int) {
      let (r, a, b, k, s) = (model.r, model.a, model.b, Double(repeats) + model.r, model.chances(repeats))
      logarithm =
        logGamma(k) - logGamma(r) + r * log(model.alpha) + logGamma(a + b) - logGamma(b) + logGamma(b + s)
        - logGamma(a + b + s)
      byR = digamma(k) - digamma(r) + log(model.alpha)
      byA = digamma(a + b) - digamma(a + b + s)
      byB = byA - digamma(b) + digamma(b + s)
      leavingOdds = model.leavingOdds(repeats)
      leavingByB = s > 0 ? 1 / (b + s - 1) : 0
    }
  }

  private func likelihood(of rows: UnsafeBufferPointer<RecencyFrequencySample.Row>, _ times: DayTable) -> Likelihood {
    var (logarithm, byR, byAlpha, byA, byB) = (0.0, 0.0, 0.0, 0.0, 0.0)
    var constants = Constants(self, repeats: 0)
    var repeats = 0
    for entry in rows {
      let (row, weight) = (entry.figures, entry.weight)
      if row.repeats != repeats {
        repeats = row.repeats
        constants = Constants(self, repeats: repeats)
      }
      let k = r + Double(repeats)
      let age = times.logarithms[row.ageDays]
      let since = age - times.logarithms[row.recencyDays]
      let (sum, gone) = Self.logSum(odds: constants.leavingOdds + k * since)
      logarithm += weight * (constants.logarithm - k * age + sum)
      byR += weight * (constants.byR - age + gone * since)
      let byTime = (1 - gone) * times.inverses[row.ageDays] + gone * times.inverses[row.recencyDays]
      byAlpha += weight * (r / alpha - k * byTime)
      byA += weight * (constants.byA + gone / a)
      byB += weight * (constants.byB - gone * constants.leavingByB)
    }
    return Likelihood(logarithm: logarithm, gradient: [byR, byAlpha, byA, byB])
  }

  /// ln(1 + odds) and odds / (1 + odds), of the logarithm of the odds, without overflow.
  @inline(__always)
  private static func logSum(odds: Double) -> (sum: Double, share: Double) {
    let small = exp(-abs(odds))
    return odds > 0 ? (odds + log1p(small), 1 / (1 + small)) : (log1p(small), small / (1 + small))
  }
}
