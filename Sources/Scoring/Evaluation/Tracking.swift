/// Repeat orders of a group of customers, week by week and summed up, beside what a model expects of customers who begin
/// when they did, knowing nothing else of them.
package struct Tracking: Sendable {
  package struct Week: Hashable, Sendable {
    /// From 1; the first begins with the first order of all.
    package let number: Int
    /// Until the end of the week.
    package let expected: Double
    package let actual: Int
  }

  package let weeks: [Week]

  /// - Parameters:
  ///   - starts: by day, how many customers ordered first on it.
  ///   - repeats: by day, how many repeat orders came on it.
  ///   - days: how many days there are; day 0 is the first.
  ///
  /// O(weeks * days).
  package init(starts: [Int], repeats: [Int], days: Int, model: any OrderModel) {
    let expected = (0...max(0, days)).map { model.expectedOrders(.new, days: Double($0)) }
    var actual = 0
    var weeks: [Week] = []
    for end in stride(from: 6, to: days, by: 7) {
      for day in (end - 6)...end where day < repeats.count { actual += repeats[day] }
      let sum = starts.prefix(end + 1).enumerated().reduce(0.0) { $0 + Double($1.element) * expected[end - $1.offset] }
      weeks.append(Week(number: end / 7 + 1, expected: sum, actual: actual))
    }
    self.weeks = weeks
  }
}
