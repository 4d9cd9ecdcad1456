import Glibc

/// BG/NBD, and with `leavesAfterFirst` MBG/NBD: orders come at a rate that is gamma distributed over customers, and after
/// an order a customer leaves with a probability that is beta distributed. By BG/NBD nobody leaves after the first order,
/// by MBG/NBD they may.
///
/// Fader, Hardie and Lee, "'Counting your customers' the easy way" (Marketing Science 24, 2005); Batislam, Denizel and
/// Filiztekin, "Empirical validation and comparison of models for customer base analysis" (IJRM 24, 2007). The two differ
/// only in how many chances to leave a customer had: x, or x + 1.
struct BetaGeometric: OrderModel {
  let r, alpha, a, b: Double
  let unit: TimeUnit
  let leavesAfterFirst: Bool

  init(_ parameters: [Double], unit: TimeUnit, leavesAfterFirst: Bool) {
    (r, alpha, a, b) = (parameters[0], parameters[1], parameters[2], parameters[3])
    self.unit = unit
    self.leavesAfterFirst = leavesAfterFirst
  }

  var parameters: [Double] { [r, alpha, a, b] }

  /// How many chances to leave a customer with so many repeats had. The last may have been taken, the others were not.
  func chances(_ repeats: Int) -> Double { Double(leavesAfterFirst ? repeats + 1 : repeats) }

  /// ln of the odds a / (b + chances - 1), that the last chance was taken.
  func leavingOdds(_ repeats: Int) -> Double {
    let chances = chances(repeats)
    return chances > 0 ? log(a / (b + chances - 1)) : -.infinity
  }

  /// Equation 4 of Fader, Hardie and Lee, "Computing P(alive) using the BG/NBD model" (2008).
  func aliveProbability(_ figures: RecencyFrequency) -> Double {
    let ratio = (alpha + time(figures.ageDays)) / (alpha + time(figures.recencyDays))
    return 1 / (1 + exp(leavingOdds(figures.repeats) + (r + Double(figures.repeats)) * log(ratio)))
  }

  /// Equation 10 of Fader, Hardie and Lee (2005) without P(alive), with Euler's transformation of the hypergeometric
  /// function (NIST DLMF 15.8.1): its first parameter then is a - 1, its third c. Both may be 0, so what is divided by
  /// them is taken from the series before it is summed. Where the terms of the series would cancel, or be too many, the
  /// mean over chances of leaving is integrated, which takes a hundred times as long.
  func ordersWhileAlive(_ figures: RecencyFrequency, days: Double) -> Double {
    guard days > 0 else { return 0 }
    let (k, s) = (r + Double(figures.repeats), chances(figures.repeats))
    let time = days / unit.days / (alpha + time(figures.ageDays))
    let (c, e) = (a + b + s - 1, a - 1)
    let (z, y) = (time / (1 + time), -log1p(time))
    guard c - k > -4, c < 1e4, a < 30, z < 0.99 else { return LeavingMean(k: k, time: time, a: a, b: b + s).value }
    return c * powerIntegral(logOf: y, exponent: e) - exp(e * y) * Self.series(e, c - k, c, z)
  }

  /// c (F(e, f; c; z) - 1) / e of the hypergeometric function, for 0 < z < 1. O(1 / (1 - z)).
  private static func series(_ e: Double, _ f: Double, _ c: Double, _ z: Double) -> Double {
    var term = f * z
    var sum = term
    for n in 1..<20_000 {
      let n = Double(n)
      term *= (e + n) * (f + n) / ((c + n) * (n + 1)) * z
      sum += term
      if abs(term) <= 1e-17 * abs(sum) { break }
    }
    return sum
  }

  func quietProbabilityWhileAlive(_ figures: RecencyFrequency, days: Double) -> Double {
    exp(-(r + Double(figures.repeats)) * log1p(days / unit.days / (alpha + time(figures.ageDays))))
  }
}
