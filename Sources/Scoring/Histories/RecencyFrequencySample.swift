/// Many customers' figures as the distinct ones with how many have them, which is all that a likelihood asks for.
package struct RecencyFrequencySample: Sendable {
  package struct Row: Sendable {
    package let figures: RecencyFrequency
    /// How many customers have them.
    package let weight: Double
  }

  /// Ascending by repeats, then age, then recency.
  package private(set) var rows: [Row] = []
  /// The sum of the weights.
  package let customers: Int

  /// The greatest age of a row, in days.
  package var ageDaysMax: Int { rows.reduce(0) { max($0, $1.figures.ageDays) } }

  /// O(customers) up to 4,000,000 days and 1,000,000 repeats.
  package init(_ figures: [RecencyFrequency]) {
    customers = figures.count
    let keys = RadixSort.sorted(figures.map(Self.key))
    var start = 0
    while start < keys.count {
      var end = start + 1
      while end < keys.count, keys[end] == keys[start] { end += 1 }
      rows.append(Row(figures: Self.figures(keys[start]), weight: Double(end - start)))
      start = end
    }
  }

  private init(rows: [Row]) {
    self.rows = rows
    customers = Int(rows.reduce(0) { $0 + $1.weight })
  }

  /// Every n-th row, so that about `rowsMax` are left: enough to find good parameters to begin with.
  package func thinned(rowsMax: Int) -> RecencyFrequencySample {
    guard rows.count > rowsMax else { return self }
    let step = (rows.count + rowsMax - 1) / rowsMax
    return RecencyFrequencySample(rows: stride(from: 0, to: rows.count, by: step).map { rows[$0] })
  }

  private static let dayBits: UInt64 = 22

  private static func key(_ figures: RecencyFrequency) -> UInt64 {
    (UInt64(figures.repeats) << dayBits | UInt64(figures.ageDays)) << dayBits | UInt64(figures.recencyDays)
  }

  private static func figures(_ key: UInt64) -> RecencyFrequency {
    let mask: UInt64 = 1 << dayBits - 1
    return RecencyFrequency(
      repeats: Int(key >> (2 * dayBits)), recencyDays: Int(key & mask), ageDays: Int(key >> dayBits & mask))
  }
}
