/// What models of orders know of a customer: x, t_x and T of the literature, in whole days.
package struct RecencyFrequency: Hashable, Sendable {
  /// Days with an order after the day of the first one.
  package var repeats: Int
  /// From the first such day to the last one.
  package var recencyDays: Int
  /// From the first order to the moment of asking.
  package var ageDays: Int

  /// `0 <= recencyDays <= ageDays`, and without repeats the recency is 0.
  package init(repeats: Int, recencyDays: Int, ageDays: Int) {
    self.repeats = repeats
    self.recencyDays = recencyDays
    self.ageDays = ageDays
  }

  /// Somebody who orders for the first time now.
  package static let new = RecencyFrequency(repeats: 0, recencyDays: 0, ageDays: 0)
}
