import Events
import Expressions
package import Projections
package import ReadModels

/// Two products that are bought together.
package struct ProductPair {
  package let first, second: ProductState
  package let association: Association
}

/// The products that pairs name, in memory: there are far fewer than pairs.
package struct ProductPairing {
  private var products: [String: ProductState] = [:]
  private let baskets: Int64

  /// O(products).
  package init(in snapshot: borrowing Snapshot) throws {
    baskets = Int64(snapshot.checkpoint.baskets)
    var products: [String: ProductState] = [:]
    try snapshot.forEachProduct { product in
      products[product.sku] = product
      return true
    }
    self.products = products
  }

  /// Whether there is a product of that number, in NFC.
  package func has(_ sku: String) -> Bool { products[sku] != nil }

  /// Calls `body` for the pairs of at least so many orders, or for those of them that have one product, which then is the
  /// first, until it returns false. O(pairs).
  package func forEach(
    of sku: String?, ordersMin: Int, in snapshot: borrowing Snapshot, _ body: (ProductPair) throws -> Bool
  ) throws {
    try snapshot.forEachPair { pair in
      guard pair.orders >= ordersMin, sku == nil || pair.first == sku || pair.second == sku else { return true }
      guard let found = self.pair(pair, isTurned: pair.second == sku) else { return true }
      return try body(found)
    }
  }

  private func pair(_ state: ProductPairState, isTurned: Bool) -> ProductPair? {
    guard let a = products[state.first], let b = products[state.second] else { return nil }
    let (first, second) = isTurned ? (b, a) : (a, b)
    let association = Association(both: state.orders, first: first.orders, second: second.orders, baskets: baskets)
    return ProductPair(first: first, second: second, association: association)
  }
}

extension FieldSet where Row == ProductPair {
  /// The fields of `products pairs`.
  package static var productPairs: FieldSet<ProductPair> {
    FieldSet([
      Field("first", "FIRST", .text) { .text($0.first.sku) },
      Field("second", "SECOND", .text) { .text($0.second.sku) },
      Field("first_name", "FIRST NAME", .text) { Value($0.first.name) },
      Field("second_name", "SECOND NAME", .text) { Value($0.second.name) },
      Field("orders", "ORDERS", .count) { Value(Int($0.association.both)) },
      Field("first_orders", "WITH FIRST", .count) { Value(Int($0.association.first)) },
      Field("second_orders", "WITH SECOND", .count) { Value(Int($0.association.second)) },
      Field("support", "SUPPORT", .ratio) { Value($0.association.support) },
      Field("confidence", "FIRST>SECOND", .ratio) { Value($0.association.confidence) },
      Field("reverse_confidence", "SECOND>FIRST", .ratio) { Value($0.association.reverseConfidence) },
      Field("lift", "LIFT", .count) { Value($0.association.lift?.rounded(toScale: 2)) },
    ])
  }
}
