import Glibc

/// The model of what orders are worth: a customer's orders are gamma distributed about a mean of the customer's own, and
/// these means over customers by an inverse gamma. Value and frequency are taken to be independent.
///
/// Fader and Hardie, "The Gamma-Gamma model of monetary value" (2013). q is above 1, so that there is a mean.
package struct GammaGamma: Sendable {
  /// Shapes, and v in the unit of the values.
  package let p, q, v: Double

  package init(p: Double, q: Double, v: Double) {
    (self.p, self.q, self.v) = (p, q, v)
  }

  package static let parameterNames = ["p", "q", "v"]
  package var parameters: [Double] { [p, q, v] }

  /// The expected mean value of a customer's orders: equation 5. With no repeats it is that of all customers.
  package func expectedValue(_ value: RepeatValue) -> Double {
    p * (v + Double(value.repeats) * value.mean) / (p * Double(value.repeats) + q - 1)
  }

  /// Equation 1a. O(rows).
  package func likelihood(of sample: RepeatValueSample) -> Likelihood {
    Likelihood.sum(over: sample.rows) { likelihood(of: $0) }
  }

  private func likelihood(of rows: UnsafeBufferPointer<RepeatValueSample.Row>) -> Likelihood {
    var (logarithm, byP, byQ, byV) = (0.0, 0.0, 0.0, 0.0)
    var constants = Constants(self, repeats: 1)
    for row in rows {
      if row.value.repeats != constants.repeats { constants = Constants(self, repeats: row.value.repeats) }
      let x = Double(row.value.repeats)
      let (whole, px) = (v + x * row.value.mean, p * x)
      let logWhole = log(whole)
      logarithm += constants.logarithm + (px - 1) * row.logMean - (px + q) * logWhole
      byP += constants.byP + x * (row.logMean - logWhole)
      byQ += constants.byQ - logWhole
      byV += q / v - (px + q) / whole
    }
    return Likelihood(logarithm: logarithm, gradient: [byP, byQ, byV])
  }

  /// What depends on the repeats alone.
  private struct Constants {
    let repeats: Int
    let logarithm, byP, byQ: Double

    init(_ model: GammaGamma, repeats: Int) {
      self.repeats = repeats
      let (x, q) = (Double(repeats), model.q)
      let px = model.p * x
      logarithm = logGamma(px + q) - logGamma(px) - logGamma(q) + q * log(model.v) + px * log(x)
      byP = x * (digamma(px + q) - digamma(px) + log(x))
      byQ = digamma(px + q) - digamma(q) + log(model.v)
    }
  }
}

/// What a customer's repeat orders are worth.
package struct RepeatValue: Hashable, Sendable {
  /// How many there are.
  package var repeats: Int
  /// Their mean value, in units of the currency; never below 0, and of no meaning without repeats.
  package var mean: Double

  package init(repeats: Int, mean: Double) {
    self.repeats = repeats
    self.mean = mean
  }
}
