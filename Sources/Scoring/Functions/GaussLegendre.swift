import Glibc

/// The rule of Gauss and Legendre: exact for polynomials up to degree 2n - 1 (NIST DLMF 3.5.15).
struct GaussLegendre: Sendable {
  /// On (0, 1), ascending.
  let nodes: [Double]
  let weights: [Double]

  /// For smooth functions over a range in which they fall by up to e^16.
  static let sixteen = GaussLegendre(16)
  /// For those that hardly change.
  static let six = GaussLegendre(6)

  /// Finds the zeros of the Legendre polynomial of degree `count` by Newton's method.
  init(_ count: Int) {
    var found: [(node: Double, weight: Double)] = []
    for index in 0..<count {
      var x = cos(Double.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 0.0
      for _ in 0..<100 {
        let (value, derivative) = Self.legendre(count, x)
        slope = derivative
        let step = value / derivative
        x -= step
        if abs(step) < 1e-16 { break }
      }
      found.append(((1 - x) / 2, 1 / ((1 - x * x) * slope * slope)))
    }
    nodes = found.map(\.node)
    weights = found.map(\.weight)
  }

  /// The polynomial and its derivative, by the recurrence of DLMF 18.9.1.
  private static func legendre(_ degree: Int, _ x: Double) -> (value: Double, derivative: Double) {
    var (previous, current) = (1.0, x)
    for n in 2...degree {
      let next = (Double(2 * n - 1) * x * current - Double(n - 1) * previous) / Double(n)
      (previous, current) = (current, next)
    }
    return (current, Double(degree) * (x * current - previous) / (x * x - 1))
  }
}
