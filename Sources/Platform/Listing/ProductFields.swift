import Events
import Expressions
package import Projections
package import ReadModels

/// A product with what is known of it beside its sums.
package struct SoldProduct {
  package let state: ProductState
  /// When the last order that counts and has it was placed. Microseconds since 1970.
  package let lastSold: Int64?
  /// All orders that count and have an article at all.
  package let baskets: Int64

  /// Looks up when it was sold last. O(log n).
  package init(_ state: ProductState, in snapshot: borrowing Snapshot) throws {
    self.state = state
    lastSold = try snapshot.lastSold(sku: state.sku)
    baskets = Int64(snapshot.checkpoint.baskets)
  }
}

extension FieldSet where Row == SoldProduct {
  /// The fields of `products list`.
  package static func products(_ configuration: Configuration) -> FieldSet<SoldProduct> {
    FieldSet([
      Field("sku", "SKU", .text) { .text($0.state.sku) },
      Field("name", "NAME", .text) { Value($0.state.name) },
      Field("category", "CATEGORY", .text) { Value($0.state.category) },
      Field("orders", "ORDERS", .count) { Value(Int($0.state.orders)) },
      Field("share", "SHARE", .ratio) { Value(Ratio.of($0.state.orders, $0.baskets)) },
      Field("units", "UNITS", .count) { .number($0.state.units) },
      Field("buyers", "BUYERS", .count) { Value(Int($0.state.buyers)) },
      Field("revenue", "REVENUE", .money) { Value(configuration.total(of: $0.state.revenue)) },
      Field("currency", "CURRENCY", .text) { Value(configuration.total(of: $0.state.revenue)?.currency.code) },
      Field("revenue_by_currency", "BY CURRENCY", .list) { Value(texts: $0.state.revenue.texts) },
      Field("last_sold", "LAST SOLD", .time) { Value(microseconds: $0.lastSold) },
    ])
  }
}
