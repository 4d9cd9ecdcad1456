import Glibc

/// The mean of (1 - (1 + p t)^-k) / p over p that is beta distributed: the orders to expect of somebody who leaves after
/// each with the chance p.
///
/// By the trapezoidal rule over ln(p / (1 - p)), in which what is integrated has no poles nearer than pi to the axis, so
/// that the rule converges exponentially (Trefethen and Weideman, SIAM Review 56, 2014). Nothing is subtracted, however
/// large k and t are.
package struct LeavingMean {
  let k, time, a, b: Double
  private let logBeta: Double

  package init(k: Double, time: Double, a: Double, b: Double) {
    (self.k, self.time, self.a, self.b) = (k, time, a, b)
    logBeta = logGamma(a) + logGamma(b) - logGamma(a + b)
  }

  /// O(100) for most, O(1 / step) for narrow distributions.
  package var value: Double {
    // Half the width of the distribution, or less than what the rule needs elsewhere.
    let step = min(0.25, 0.4 * (1 / a + 1 / b).squareRoot())
    let middle = log(a / b)
    return step * (sum(from: middle, by: step) + sum(from: middle - step, by: -step))
  }

  private func sum(from start: Double, by step: Double) -> Double {
    var (sum, q) = (0.0, start)
    for _ in 0..<100_000 {
      let term = term(q)
      sum += term
      if step < 0, isLevel(q) { return sum + lowerTail(from: q + step, by: -step) }
      if step > 0, q > 40 { return sum + upperTail(from: q + step, by: step) }
      if term <= 1e-18 * sum, (q > 0) == (step > 0) || term == 0 && sum > 0 { break }
      q += step
    }
    return sum
  }

  private func term(_ q: Double) -> Double {
    let (logP, logRest) = (-log1p(exp(-q)), -log1p(exp(q)))
    let p = exp(logP)
    let orders = isLevel(q) ? k * time : -expm1(-k * log1p(p * time)) / p
    return exp(a * logP + b * logRest - logBeta) * orders
  }

  /// Whether p is so small that it is seen in nothing but its own power.
  private func isLevel(_ q: Double) -> Bool { q < -40 - log(1 + k * time) - log(1 + b) - log(1 + time) }

  /// From there on the terms are a geometric series.
  private func lowerTail(from q: Double, by step: Double) -> Double {
    k * time * exp(a * q - logBeta) / -expm1(-a * step)
  }

  /// Likewise, where p cannot be told from 1.
  private func upperTail(from q: Double, by step: Double) -> Double {
    -expm1(-k * log1p(time)) * exp(-b * q - logBeta) / -expm1(-b * step)
  }
}
