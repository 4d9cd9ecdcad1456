import Glibc

/// How far predictions are from what came.
package struct PredictionErrors: Hashable, Sendable {
  package let expectedTotal, actualTotal: Double
  /// Means over customers: of absolute errors, and the root of that of squared ones.
  package let mae, rmse: Double
  /// Pearson's, of predictions and outcomes; nil where either does not vary.
  package let correlation: Double?
  /// How well predictions rank customers: 1 for the best order there is, 0 for chance. Nil where all outcomes are the same.
  package let gini: Double?

  /// As many predictions as outcomes, at least one. O(n log n).
  package init(expected: [Double], actual: [Double]) {
    let count = Double(expected.count)
    let differences = zip(expected, actual).map { $0 - $1 }
    expectedTotal = expected.reduce(0, +)
    actualTotal = actual.reduce(0, +)
    mae = differences.reduce(0) { $0 + abs($1) } / count
    rmse = (differences.reduce(0) { $0 + $1 * $1 } / count).squareRoot()
    correlation = pearson(expected, actual)
    let best = Self.concentration(of: actual, by: actual)
    gini = best > 1e-12 ? Self.concentration(of: actual, by: expected) / best : nil
  }

  /// Twice the area between the curve of outcomes, gathered from those ranked first on, and the diagonal. Customers of the
  /// same rank come at the same time, so that their order plays no part.
  private static func concentration(of outcomes: [Double], by ranks: [Double]) -> Double {
    let total = outcomes.reduce(0, +)
    guard total > 0 else { return 0 }
    let order = ranks.indices.sorted { (ranks[$0], $0) > (ranks[$1], $1) }
    var (area, gathered, start) = (0.0, 0.0, 0)
    while start < order.count {
      var (end, sum) = (start, 0.0)
      while end < order.count, ranks[order[end]] == ranks[order[start]] {
        sum += outcomes[order[end]]
        end += 1
      }
      area += (gathered + sum / 2) * Double(end - start)
      gathered += sum
      start = end
    }
    return 2 * area / (total * Double(order.count)) - 1
  }
}

/// The correlation of two lists of equal length; nil where either does not vary.
package func pearson(_ a: [Double], _ b: [Double]) -> Double? {
  let count = Double(a.count)
  guard count > 1 else { return nil }
  let (meanA, meanB) = (a.reduce(0, +) / count, b.reduce(0, +) / count)
  var (both, squaresA, squaresB) = (0.0, 0.0, 0.0)
  for (a, b) in zip(a, b) {
    both += (a - meanA) * (b - meanB)
    squaresA += (a - meanA) * (a - meanA)
    squaresB += (b - meanB) * (b - meanB)
  }
  guard squaresA > 0, squaresB > 0 else { return nil }
  return both / (squaresA * squaresB).squareRoot()
}
