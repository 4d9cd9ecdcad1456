import Threads

/// The logarithm of a likelihood and its derivatives by each parameter.
package struct Likelihood: Sendable {
  package var logarithm: Double
  package var gradient: [Double]

  static func + (a: Self, b: Self) -> Self {
    Likelihood(logarithm: a.logarithm + b.logarithm, gradient: zip(a.gradient, b.gradient).map { $0 + $1 })
  }

  /// With fewer rows a thread costs more than it gives.
  private static let rowsMin = 4_000

  /// The sum over two halves of the rows, on two threads where there are many. The halves are always the same, so that
  /// their sum is the same to the last digit.
  static func sum<Row>(over rows: [Row], _ part: (UnsafeBufferPointer<Row>) -> Likelihood) -> Likelihood {
    rows.withUnsafeBufferPointer { rows in
      let first = UnsafeBufferPointer(rebasing: rows[..<(rows.count / 2)])
      let second = UnsafeBufferPointer(rebasing: rows[(rows.count / 2)...])
      guard rows.count >= rowsMin else { return part(first) + part(second) }
      let sums = concurrentResults({ part(first) }, { part(second) })
      return sums.0 + sums.1
    }
  }
}
