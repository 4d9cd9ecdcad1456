import Glibc

/// The integral of s / ((alpha + u)^(r + x) (beta + u)^(s + 1)) over the moments u at which a customer may have left, with
/// the means of what its derivatives ask for, weighted by what is integrated.
struct DropoutIntegral {
  /// Of the integral; minus infinity where there is no time to leave in.
  let logarithm: Double
  /// Means of ln(alpha + u), ln(beta + u), 1 / (alpha + u), 1 / (beta + u).
  let logAlpha, logBeta, inverseAlpha, inverseBeta: Double

  /// Gauss-Legendre over panels of w = ln(m + u), m the lesser of alpha and beta: in w nothing that is integrated changes
  /// abruptly, and the zeros of what is divided by lie pi away.
  init(_ model: ParetoNBD, repeats: Double, from start: Double, to end: Double) {
    guard end > start else {
      (logarithm, logAlpha, logBeta, inverseAlpha, inverseBeta) = (-.infinity, 0, 0, 0, 0)
      return
    }
    var sums = Sums(model, repeats: repeats, start: start)
    let lesser = min(model.alpha, model.beta)
    let first = log(lesser + start)
    let length = log1p((end - start) / (lesser + start))
    let steepness = model.r + repeats + model.s + 1
    let panels = Panels(length: length, steepness: steepness)
    for index in 0..<panels.count {
      let before = sums.total
      sums.add(from: first + Double(index) * panels.width, width: panels.width, panels.rule)
      if sums.total - before <= 1e-18 * sums.total { break }
    }
    logarithm = sums.reference + log(sums.total)
    logAlpha = sums.logAlpha / sums.total
    logBeta = sums.logBeta / sums.total
    inverseAlpha = sums.inverseAlpha / sums.total
    inverseBeta = sums.inverseBeta / sums.total
  }

  /// Panels in which what is integrated falls by at most e^16, or e for the short rule.
  private struct Panels {
    let count: Int
    let width: Double
    let rule: GaussLegendre

    init(length: Double, steepness: Double) {
      let isFlat = length * steepness <= 1
      rule = isFlat ? .six : .sixteen
      count = isFlat ? 1 : Int((length / min(3, 16 / steepness)).rounded(.up))
      width = length / Double(count)
    }
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
