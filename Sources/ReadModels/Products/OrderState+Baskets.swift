package import Hashing

extension OrderState {
  /// Whether the order counts and has an article: one of the baskets that shares of articles are taken of.
  package var isBasket: Bool { counts && placed?.value.items.isEmpty == false }

  /// The key of each article of an order that counts, once, and when the order was placed: what an index by product and
  /// time is made of, which says when an article was sold last. Microseconds since 1970. O(n log n).
  package var sales: [(product: Hash128, placedAt: Int64)] {
    guard let placedAt else { return [] }
    return articles.map { (TallyKind.product.key($0), placedAt) }
  }
}
