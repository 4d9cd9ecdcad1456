import Threads

/// The logarithm of a likelihood and its derivatives by each parameter.
package struct Likelihood: Sendable {
  package var logarithm: Double
  package var gradient: [Double]

  static func + (a: Self, b: Self) -> Self {
    Likelihood(logarithm: a.logarithm + b.logarithm, gradient: zip(a.gradient, b.gradient).map { $0 + $1 })
  }

  /// Rows with their weights, as many of the one as of the other.
  struct Part {
    let rows: UnsafeBufferPointer<RecencyFrequency>
    let weights: UnsafeBufferPointer<Double>

    subscript(range: Range<Int>) -> Part {
      Part(
        rows: UnsafeBufferPointer(rebasing: rows[range]), weights: UnsafeBufferPointer(rebasing: weights[range]))
    }
  }

  /// With fewer rows a thread costs more than it gives.
  private static let rowsMin = 4_000

  /// The sum over two halves of the rows, on two threads where there are many. The halves are always the same, so that
  /// their sum is the same to the last digit.
  static func sum(over sample: RecencyFrequencySample, _ part: (Part) -> Likelihood) -> Likelihood {
    sample.rows.withUnsafeBufferPointer { rows in
      sample.weights.withUnsafeBufferPointer { weights in
        let whole = Part(rows: rows, weights: weights)
        let middle = rows.count / 2
        let (first, second) = (0..<middle, middle..<rows.count)
        guard rows.count >= rowsMin else { return part(whole[first]) + part(whole[second]) }
        let sums = concurrentResults({ part(whole[first]) }, { part(whole[second]) })
        return sums.0 + sums.1
      }
    }
  }
}
