import Glibc

/// Pareto/NBD: orders come at a rate that is gamma distributed over customers, who leave at another such rate, whether
/// they order or not.
///
/// Schmittlein, Morrison and Colombo, "Counting your customers: who are they and what will they do next?" (Management
/// Science 33, 1987), in the notation of Fader and Hardie, "A note on deriving the Pareto/NBD model and related
/// expressions" (2005). What stands there as a difference of two hypergeometric functions is the integral that it comes
/// from, over the moment of leaving: it has no cases, and its derivatives are integrals, too.
struct ParetoNBD: OrderModel {
  let r, alpha, s, beta: Double
  let unit: TimeUnit

  init(_ parameters: [Double], unit: TimeUnit) {
    (r, alpha, s, beta) = (parameters[0], parameters[1], parameters[2], parameters[3])
    self.unit = unit
  }

  var parameters: [Double] { [r, alpha, s, beta] }

  func likelihood(of sample: RecencyFrequencySample) -> Likelihood {
    Likelihood.sum(over: sample.rows) { rows in
      var sum = Likelihood(logarithm: 0, gradient: [0, 0, 0, 0])
      for row in rows { add(row.figures, row.weight, to: &sum) }
      return sum
    }
  }

  private func add(_ row: RecencyFrequency, _ weight: Double, to sum: inout Likelihood) {
    let x = Double(row.repeats)
    let (k, age) = (r + x, time(row.ageDays))
    let left = DropoutIntegral(self, repeats: x, from: time(row.recencyDays), to: age)
    let (logAlpha, logBeta) = (log(alpha + age), log(beta + age))
    let alive = -k * logAlpha - s * logBeta
    // Both over e^reference: that of the likelier of the two.
    let reference = max(alive, left.logarithm)
    let (staying, leaving) = (exp(alive - reference), exp(left.logarithm - reference))
    let (p, q) = (staying / (staying + leaving), leaving / (staying + leaving))
    sum.logarithm +=
      weight
      * (logGamma(k) - logGamma(r) + r * log(alpha) + s * log(beta) + reference + log(staying + leaving))
    sum.gradient[0] += weight * (digamma(k) - digamma(r) + log(alpha) - p * logAlpha - q * left.logAlpha)
    sum.gradient[1] += weight * (r / alpha - k * (p / (alpha + age) + q * left.inverseAlpha))
    sum.gradient[2] += weight * (log(beta) - p * logBeta + q * (1 / s - left.logBeta))
    sum.gradient[3] += weight * (s / beta - p * s / (beta + age) - q * (s + 1) * left.inverseBeta)
  }

  func aliveProbability(_ figures: RecencyFrequency) -> Double {
    let (k, age) = (r + Double(figures.repeats), time(figures.ageDays))
    let left = DropoutIntegral(self, repeats: Double(figures.repeats), from: time(figures.recencyDays), to: age)
    return 1 / (1 + exp(left.logarithm + k * log(alpha + age) + s * log(beta + age)))
  }

  /// Equation 41 of the note, without P(alive).
  func ordersWhileAlive(_ figures: RecencyFrequency, days: Double) -> Double {
    let age = time(figures.ageDays)
    let rate = (r + Double(figures.repeats)) / (alpha + age)
    return rate * (beta + age) * powerIntegral(logOf: -log1p(days / unit.days / (beta + age)), exponent: s - 1)
  }

  /// Either still there and quiet all the time, or quiet until leaving meanwhile.
  func quietProbabilityWhileAlive(_ figures: RecencyFrequency, days: Double) -> Double {
    let (age, time) = (time(figures.ageDays), days / unit.days)
    let k = r + Double(figures.repeats)
    let later = ParetoNBD([r, alpha + age, s, beta + age], unit: unit)
    let left = DropoutIntegral(later, repeats: Double(figures.repeats), from: 0, to: time)
    let scale = k * log(alpha + age) + s * log(beta + age)
    let staying = exp(scale - k * log(alpha + age + time) - s * log(beta + age + time))
    return min(1, staying + exp(scale + left.logarithm))
  }
}
