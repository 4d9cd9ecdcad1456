import Hashing
import KeyValueStore
package import ReadModels

/// Products and campaigns.
extension Snapshot {
  /// The article with a number, however it is spelt; nil where no order that counts has it. O(log n).
  package func product(sku: String) throws(ProjectionError) -> ProductState? {
    try value(RowKey(ProductState.key(sku: sku)), in: tables.table(of: .products)) {
      try ProductState.decode($0, form: form)
    }
  }

  /// When the article was last part of an order that counts, in microseconds since 1970. O(log n).
  package func lastSold(sku: String) throws(ProjectionError) -> Int64? {
    let product = ProductState.key(sku: sku)
    let end = RowKey(product: product, time: .max, order: Hash128(high: .max, low: .max))
    return try projectionErrors {
      let sales = try tables.sales
      return try end.withBytes { end in
        try withCursor(in: sales) { (cursor) throws in
          let isBehind = try cursor.seek(toFirstAtOrAfter: end)
          guard isBehind ? try cursor.previous() : try cursor.last() else { return nil }
          return cursor.withEntry { key, _ in
            key.withUnsafeBytes { StoredKey.hash($0) == product ? SaleKey.placedAt(stored: $0) : nil }
          }
        }
      }
    }
  }

  /// Calls `body` for every article, in the order of keys, until it returns false. O(n).
  package func forEachProduct(_ body: (ProductState) throws -> Bool) throws {
    try forEach(in: tables.table(of: .products), from: nil) { try body(try ProductState.decode($1, form: form)) }
  }

  /// Calls `body` for every two articles that were bought together, in the order of keys, until it returns false. O(n).
  package func forEachPair(_ body: (ProductPairState) throws -> Bool) throws {
    try forEach(in: tables.table(of: .pairs), from: nil) { try body(try ProductPairState.decode($1, form: form)) }
  }

  /// Calls `body` for every variant of every campaign, in the order of keys, until it returns false. O(n).
  package func forEachCampaign(_ body: (CampaignState) throws -> Bool) throws {
    try forEach(in: tables.table(of: .campaigns), from: nil) { try body(try CampaignState.decode($1, form: form)) }
  }
}
