import Threads

/// The values at which scores change: four for each of R, F and M, ascending.
///
/// A value that equals a cut is on the lower side of it, so that equal values have equal scores however many there are.
package struct RFMCuts: Hashable, Sendable {
  /// Days: who ordered at most `r[0]` days ago scores 5, who ordered more than `r[3]` ago scores 1.
  package var r: [Int]
  /// Orders: at most `f[0]` score 1, more than `f[3]` score 5.
  package var f: [Int]
  /// Minor units of the base currency, likewise.
  package var m: [Int64]

  package init(r: [Int], f: [Int], m: [Int64]) {
    (self.r, self.f, self.m) = (r, f, m)
  }

  /// Quintiles.
  package static let standardPercentages = [20, 40, 60, 80]

  /// The least values that so many per cent of the customers do not exceed; without customers all are 0.
  ///
  /// That is the inverse of the empirical distribution (type 1 of Hyndman and Fan, "Sample quantiles in statistical
  /// packages", 1996): always a value that somebody has. O(n) for most figures, O(n log n) at worst.
  package init(_ figures: [RFMFigures], percentages: [Int] = standardPercentages) {
    ((r, f), m) = concurrentResults(
      { (Self.quantiles(figures.map(\.recencyDays), percentages), Self.quantiles(figures.map(\.orders), percentages)) },
      { Self.quantiles(figures.map(\.net), percentages) })
  }

  private static func quantiles<Number: FixedWidthInteger>(_ values: [Number], _ percentages: [Int]) -> [Number] {
    guard !values.isEmpty else { return percentages.map { _ in 0 } }
    let sorted = RadixSort.sorted(values.map { UInt64($0.magnitude) })
    return percentages.map { percentage in
      // The ceiling of the share, as whole numbers: no rounding moves a cut.
      Number(sorted[max(1, (sorted.count * percentage + 99) / 100) - 1])
    }
  }

  /// O(1).
  package func score(_ figures: RFMFigures) -> RFMScore {
    RFMScore(
      r: 5 - r.count { figures.recencyDays > $0 }, f: 1 + f.count { figures.orders > $0 },
      m: 1 + m.count { figures.net > $0 })
  }
}
