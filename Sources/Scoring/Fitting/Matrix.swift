import Glibc

/// A small symmetric matrix.
package struct Matrix: Hashable, Sendable {
  package private(set) var rows: [[Double]]

  /// As many rows as columns.
  package init(_ rows: [[Double]]) { self.rows = rows }

  init(identity size: Int) {
    rows = (0..<size).map { row in (0..<size).map { row == $0 ? 1 : 0 } }
  }

  package var size: Int { rows.count }
  package subscript(row: Int, column: Int) -> Double { rows[row][column] }
  var isIdentity: Bool { self == Matrix(identity: size) }

  func scaled(by factor: Double) -> Matrix { Matrix(rows.map { $0.map { $0 * factor } }) }
  func times(_ vector: [Double]) -> [Double] { rows.map { dot($0, vector) } }

  /// The form of a vector: v' M v.
  package func form(_ vector: [Double]) -> Double { dot(vector, times(vector)) }

  /// The update of Broyden, Fletcher, Goldfarb and Shanno of an inverse: (I - sy'/c) H (I - ys'/c) + ss'/c.
  mutating func updateInverse(moved: [Double], turned: [Double], curvature: Double) {
    let product = times(turned)
    let factor = (curvature + dot(turned, product)) / (curvature * curvature)
    for row in rows.indices {
      for column in rows.indices {
        rows[row][column] +=
          factor * moved[row] * moved[column]
          - (product[row] * moved[column] + moved[row] * product[column]) / curvature
      }
    }
  }

  /// The inverse, by Cholesky's decomposition; nil unless the matrix is positive definite. O(n^3).
  func inverse() -> Matrix? {
    guard let lower = cholesky() else { return nil }
    let columns = (0..<size).map { unit in lower.solve((0..<size).map { $0 == unit ? 1.0 : 0.0 }) }
    return Matrix(columns)
  }

  /// The lower triangle L with LL' = M. A pivot that is lost in rounding counts as not positive.
  private func cholesky() -> Matrix? {
    var lower = Matrix((0..<size).map { _ in Array(repeating: 0, count: size) })
    for row in 0..<size {
      for column in 0...row {
        let rest = rows[row][column] - dot(Array(lower.rows[row][..<column]), Array(lower.rows[column][..<column]))
        if row == column {
          guard rest > 1e-12 * abs(rows[row][row]) else { return nil }
          lower.rows[row][row] = rest.squareRoot()
        } else {
          lower.rows[row][column] = rest / lower.rows[column][column]
        }
      }
    }
    return lower
  }

  /// The solution x of LL'x = b, of a lower triangle L.
  private func solve(_ b: [Double]) -> [Double] {
    var x = b
    for row in 0..<size {
      for column in 0..<row { x[row] -= rows[row][column] * x[column] }
      x[row] /= rows[row][row]
    }
    for row in (0..<size).reversed() {
      for column in (row + 1)..<max(size, row + 1) { x[row] -= rows[column][row] * x[column] }
      x[row] /= rows[row][row]
    }
    return x
  }
}
