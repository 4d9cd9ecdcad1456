package import Events

/// How strongly two articles go together, from counts of orders.
///
/// Support and confidence as in Agrawal, Imieliński and Swami, "Mining association rules between sets of items in large
/// databases" (SIGMOD 1993); lift, there called interest, as in Brin, Motwani and Silverstein, "Beyond market baskets"
/// (SIGMOD 1997). All are quotients with six decimals, and nil where they would divide by nothing.
package struct Association: Hashable, Sendable {
  /// Orders that have both articles, the first, the second, and any article at all.
  package let both, first, second, baskets: Int64

  package init(both: Int64, first: Int64, second: Int64, baskets: Int64) {
    self.both = both
    self.first = first
    self.second = second
    self.baskets = baskets
  }

  /// The share of all baskets that have both.
  package var support: ExactDecimal? { Ratio.of(both, baskets) }
  /// Of the orders that have the first article, the share that has the second too.
  package var confidence: ExactDecimal? { Ratio.of(both, first) }
  /// Of the orders that have the second article, the share that has the first too.
  package var reverseConfidence: ExactDecimal? { Ratio.of(both, second) }

  /// How many times as often both are bought together as they would be by chance: support / (support of the first ×
  /// support of the second). It is taken of the counts, so nothing is rounded on the way.
  package var lift: ExactDecimal? {
    guard first > 0, second > 0, baskets > 0 else { return nil }
    do {
      return try Ratio.of(
        ExactDecimal(both).multiplied(by: ExactDecimal(baskets)),
        ExactDecimal(first).multiplied(by: ExactDecimal(second)))
    } catch {
      return nil
    }
  }
}
