package import BinaryCoding
package import Events
package import Hashing

/// One article over all orders that count, less what came back of it.
///
/// What an order as a whole was refunded, or a discount on its total, belongs to no article and is not in here.
package struct ProductState: TallyState {
  /// One unit, in the number that units are counted by. Millionths: as fine as prices may be.
  package static let unit: Int64 = 1_000_000

  /// In NFC, as it serves as a key.
  package let sku: String
  /// How many lines of orders name the article, or its category, so.
  package internal(set) var names = Sums<String>()
  package internal(set) var categories = Sums<String>()
  /// Orders that have the article, also where some or all of its units came back.
  package internal(set) var orders: Int64 = 0
  /// Millionths of a unit: sold less returned.
  package internal(set) var millionths: Int64 = 0
  /// In minor units, by currency: of each line price times quantity less the line's own discount, less what came back.
  package internal(set) var revenue = Sums<Currency>()
  /// People of whose orders that count at least one has the article.
  package internal(set) var buyers: Int64 = 0

  /// The state before the first order.
  package init(sku: String) { self.sku = sku }

  /// The name and the category that most lines give; of equally frequent ones the first by its bytes. O(names).
  package var name: String? { names.mostFrequent }
  package var category: String? { categories.mostFrequent }
  package var units: ExactDecimal { ExactDecimal(significand: Int128(millionths), scale: 6) }

  package var key: Hash128 { TallyKind.product.key(sku) }

  /// The key of an article, however its number is spelt. O(bytes).
  package static func key(sku: String) -> Hash128 { TallyKind.product.key(String(normalising: sku)) }

  package var isEmpty: Bool {
    orders == 0 && millionths == 0 && buyers == 0 && names.isEmpty && categories.isEmpty && revenue.isEmpty
  }

  package func isSameSubject(as other: Self) -> Bool { sku == other.sku }

  package mutating func merge(_ other: Self) {
    names.merge(other.names)
    categories.merge(other.categories)
    orders &+= other.orders
    millionths &+= other.millionths
    revenue.merge(other.revenue)
    buyers &+= other.buyers
  }

  package mutating func subtract(_ other: Self) {
    names.subtract(other.names)
    categories.subtract(other.categories)
    orders &-= other.orders
    millionths &-= other.millionths
    revenue.subtract(other.revenue)
    buyers &-= other.buyers
  }

  package func encode(to writer: inout ByteWriter) {
    writer.text(sku)
    names.encode(to: &writer)
    categories.encode(to: &writer)
    writer.signed(orders)
    writer.signed(millionths)
    revenue.encode(to: &writer)
    writer.signed(buyers)
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    sku = try reader.text()
    names = try Sums(&reader)
    categories = try Sums(&reader)
    orders = try reader.signed()
    millionths = try reader.signed()
    revenue = try Sums(&reader)
    buyers = try reader.signed()
  }
}

extension ProductState {
  /// One part for each article of an order that counts. O(n log n) in its lines.
  package static func parts(of order: OrderState) -> [Self] {
    guard let currency = order.total?.currency else { return [] }
    return order.articleSales.map { sale in
      var part = ProductState(sku: sale.sku)
      part.names = sale.names
      part.categories = sale.categories
      part.orders = 1
      part.millionths = sale.millionths
      part.revenue = Sums(currency, sale.revenue)
      return part
    }
  }

  /// One buyer for each article of the person's orders that count.
  package static func parts(of person: Person) -> [Self] {
    person.productFigures.entries.map { entry in
      var part = ProductState(sku: entry.name)
      part.buyers = 1
      return part
    }
  }
}
