import Glibc

/// The values of customers with repeats and a mean above zero, which the Gamma-Gamma model is fitted to.
package struct RepeatValueSample: Sendable {
  struct Row: Sendable {
    let value: RepeatValue
    let logMean: Double
  }

  /// Ascending by repeats, and by value where these are equal, so that sums do not depend on who came first.
  let rows: [Row]

  package var count: Int { rows.count }

  /// Whether all customers have the same mean.
  var isOfOneValue: Bool { rows.allSatisfy { $0.value.mean == rows[0].value.mean } }
  var mean: Double { rows.reduce(0) { $0 + $1.value.mean } / Double(max(1, rows.count)) }

  /// O(n log n).
  package init(_ values: [RepeatValue]) {
    rows = values.filter { $0.repeats > 0 && $0.mean > 0 }.sorted {
      $0.repeats != $1.repeats ? $0.repeats < $1.repeats : $0.mean < $1.mean
    }.map { Row(value: $0, logMean: log($0.mean)) }
  }

  private init(rows: [Row]) { self.rows = rows }

  /// Every n-th row, so that about `rowsMax` are left.
  func thinned(rowsMax: Int) -> RepeatValueSample {
    guard rows.count > rowsMax else { return self }
    let step = (rows.count + rowsMax - 1) / rowsMax
    return RepeatValueSample(rows: stride(from: 0, to: rows.count, by: step).map { rows[$0] })
  }
}
