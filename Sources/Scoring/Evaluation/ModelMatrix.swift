/// What a model says of customers of one age, by how often they came back and when last.
package struct ModelMatrix: Sendable {
  package let ageDays: Int
  /// Repeats, from 0.
  package let repeats: [Int]
  /// Days from the first order to the last one.
  package let recencies: [Int]
  /// By recency, then by repeats; nil where nobody can be: not more days with orders than days, and no repeat without
  /// one.
  package let alive, expected: [[Double?]]

  /// - Parameter days: how far ahead orders are expected.
  package init(
    _ model: any OrderModel, ageDays: Int, days: Int, repeatsMax: Int = 12, steps: Int = 12
  ) {
    let ageDays = max(1, ageDays)
    let recencies = (0...steps).map { ageDays * $0 / steps }
    let repeats = Array(0...repeatsMax)
    func matrix(_ value: (RecencyFrequency) -> Double) -> [[Double?]] {
      recencies.map { recency in
        repeats.map { repeats in
          guard repeats == 0 ? recency == 0 : recency >= repeats else { return nil }
          return value(RecencyFrequency(repeats: repeats, recencyDays: recency, ageDays: ageDays))
        }
      }
    }
    (self.ageDays, self.repeats, self.recencies) = (ageDays, repeats, recencies)
    alive = matrix { model.aliveProbability($0) }
    expected = matrix { model.expectedOrders($0, days: Double(days)) }
  }
}
