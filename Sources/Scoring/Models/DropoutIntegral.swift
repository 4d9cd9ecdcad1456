import Glibc

/// The integral of s / ((alpha + u)^(r + x) (beta + u)^(s + 1)) over the moments u at which a customer may have left, with
/// the means of what its derivatives ask for, weighted by what is integrated.
struct DropoutIntegral {
  /// Of the integral; minus infinity where there is no time to leave in.
  let logarithm: Double
  /// Means of ln(alpha + u), ln(beta + u), 1 / (alpha + u), 1 / (beta + u).
  let logAlpha, logBeta, inverseAlpha, inverseBeta: Double

  /// Gauss-Legendre over panels of w = ln(m + u), m the lesser of alpha and beta: in w nothing that is integrated changes
  /// abruptly, and the zeros of what is divided by lie pi away. In a panel it falls by at most e^14: its slope is known, and
  /// grows by at most e over a width of 1. Some fifty panels at most, and mostly one or two.
  init(_ model: ParetoNBD, repeats: Double, from start: Double, to end: Double) {
    guard end > start else {
      (logarithm, logAlpha, logBeta, inverseAlpha, inverseBeta) = (-.infinity, 0, 0, 0, 0)
      return
    }
    var sums = Sums(model, repeats: repeats, start: start)
    let lesser = min(model.alpha, model.beta)
    let last = log(lesser + end)
    var w = log(lesser + start)
    // Of no time to speak of, too, something is integrated.
    let length = log1p((end - start) / (lesser + start))
    if length * sums.steepness(last) <= 1 {
      sums.add(from: w, width: length, .six)
    } else {
      while w < last {
        let before = sums.total
        let width = min(1, 5 / sums.steepness(w), last - w)
        sums.add(from: w, width: width, .sixteen)
        w += width
        if sums.total - before <= 1e-18 * sums.total { break }
      }
    }
    logarithm = sums.reference + log(sums.total)
    logAlpha = sums.logAlpha / sums.total
    logBeta = sums.logBeta / sums.total
    inverseAlpha = sums.inverseAlpha / sums.total
    inverseBeta = sums.inverseBeta / sums.total
  }

  private struct Sums {
    private let model: ParetoNBD
    private let k, lesser: Double
    /// ln of what is integrated, by u, at the start.
    let reference: Double
    var (total, logAlpha, logBeta, inverseAlpha, inverseBeta) = (0.0, 0.0, 0.0, 0.0, 0.0)

    init(_ model: ParetoNBD, repeats: Double, start: Double) {
      self.model = model
      k = model.r + repeats
      lesser = min(model.alpha, model.beta)
      reference = log(model.s) - k * log(model.alpha + start) - (model.s + 1) * log(model.beta + start)
    }

    /// How fast the logarithm of what is integrated by w falls there, or faster.
    func steepness(_ w: Double) -> Double {
      let shifted = exp(w)
      return k * shifted / (shifted + (model.alpha - lesser))
        + (model.s + 1) * shifted / (shifted + (model.beta - lesser)) + 1
    }

    mutating func add(from first: Double, width: Double, _ rule: GaussLegendre) {
      let logS = log(model.s)
      for (node, weight) in zip(rule.nodes, rule.weights) {
        let w = first + node * width
        let shifted = exp(w)
        let (a, b) = (shifted + (model.alpha - lesser), shifted + (model.beta - lesser))
        let (logA, logB) = model.alpha <= model.beta ? (w, log(b)) : (log(a), w)
        let value = weight * width * shifted * exp(logS - k * logA - (model.s + 1) * logB - reference)
        total += value
        logAlpha += value * logA
        logBeta += value * logB
        inverseAlpha += value / a
        inverseBeta += value / b
      }
    }
  }
}
