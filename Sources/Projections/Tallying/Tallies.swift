import Hashing
import KeyValueStore
import ReadModels

/// What rows of orders, messages and people contribute to read models that sum them up.
///
/// A new tally is a folder of `ReadModels`, a tag, and a line at each place here where the others stand.
struct Tallies {
  private(set) var products = TallyTable<ProductState>(.products)
  private(set) var pairs = TallyTable<ProductPairState>(.pairs)
  private(set) var campaigns = TallyTable<CampaignState>(.campaigns)
  /// When articles were sold: what is new, and what is no more. Of one sale the last word holds.
  private var sales: [(key: SaleKey, isThere: Bool)] = []
  /// Orders that count and have items.
  private(set) var baskets = 0

  mutating func add(_ order: OrderState) {
    for part in ProductState.parts(of: order) { products.add(part) }
    for part in ProductPairState.parts(of: order) { pairs.add(part) }
    for sale in SaleKey.all(of: order) { sales.append((sale, true)) }
    if order.isBasket { baskets += 1 }
  }

  mutating func subtract(_ order: OrderState) {
    for part in ProductState.parts(of: order) { products.subtract(part) }
    for part in ProductPairState.parts(of: order) { pairs.subtract(part) }
    for sale in SaleKey.all(of: order) { sales.append((sale, false)) }
    if order.isBasket { baskets -= 1 }
  }

  mutating func add(_ message: MessageState) {
    for part in CampaignState.parts(of: message) { campaigns.add(part) }
  }

  mutating func subtract(_ message: MessageState) {
    for part in CampaignState.parts(of: message) { campaigns.subtract(part) }
  }

  mutating func add(_ person: Person) {
    for part in ProductState.parts(of: person) { products.add(part) }
    for part in CampaignState.parts(of: person) { campaigns.add(part) }
  }

  mutating func subtract(_ person: Person) {
    for part in ProductState.parts(of: person) { products.subtract(part) }
    for part in CampaignState.parts(of: person) { campaigns.subtract(part) }
  }

  /// Takes over what other rows contribute.
  mutating func merge(_ other: Self) {
    products.merge(other.products)
    pairs.merge(other.pairs)
    campaigns.merge(other.campaigns)
    sales += other.sales
    baskets += other.baskets
  }

  /// Brings the rows of a generation up to date.
  func write(to writer: inout GenerationWriter) throws {
    try products.write(to: &writer)
    try pairs.write(to: &writer)
    try campaigns.write(to: &writer)
    writer.checkpoint.baskets += baskets
    for (sale, isThere) in lastWords() {
      let row = sale.row
      if isThere {
        try writer.putEmptyIndex(row, in: writer.tables.sales)
      } else {
        try row.withBytes { try writer.deleteIndex($0, in: writer.tables.sales) }
      }
    }
  }

  /// Fills the tables of a generation that has no rows.
  func fill(_ writer: inout GenerationWriter) throws {
    let tables = writer.tables
    try writer.append(products.rows(of: try tables.table(of: .products)))
    try writer.append(pairs.rows(of: try tables.table(of: .pairs)))
    try writer.append(campaigns.rows(of: try tables.table(of: .campaigns)))
    writer.checkpoint.baskets = baskets
    var index = RowBatch(try tables.sales)
    for (sale, isThere) in lastWords() where isThere { index.add(sale.row) }
    try writer.append(index)
  }

  /// One word on each sale, in the order of their keys. O(n log n).
  private func lastWords() -> [(key: SaleKey, isThere: Bool)] {
    // Sorting is stable.
    let words = sales.sorted { $0.key < $1.key }
    return words.indices.lazy.filter { $0 + 1 == words.count || words[$0].key != words[$0 + 1].key }.map { words[$0] }
  }
}

/// That an article was sold at a time by an order, as a key: its last one of an article tells when that was sold last.
struct SaleKey: Hashable, Comparable {
  let product: Hash128
  /// Microseconds since 1970, so that earlier times are smaller.
  private let time: UInt64
  private let order: Hash128

  static func all(of order: OrderState) -> [SaleKey] {
    let sales = order.sales
    guard !sales.isEmpty else { return [] }
    let key = EntityKey(.order, id: order.id).hash
    return sales.map { SaleKey(product: $0.product, time: UInt64(bitPattern: $0.placedAt) ^ 1 << 63, order: key) }
  }

  var row: RowKey { RowKey(product: product, time: time, order: order) }

  /// The time of a stored key in microseconds since 1970.
  static func placedAt(stored key: UnsafeRawBufferPointer) -> Int64 {
    Int64(bitPattern: StoredKey.position(key, at: 16) ^ 1 << 63)
  }

  static func < (a: Self, b: Self) -> Bool {
    if a.product.high != b.product.high { return a.product.high < b.product.high }
    if a.product.low != b.product.low { return a.product.low < b.product.low }
    return a.time != b.time ? a.time < b.time : a.order < b.order
  }
}
