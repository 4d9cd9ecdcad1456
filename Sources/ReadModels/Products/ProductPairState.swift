package import BinaryCoding
package import Hashing

/// Two articles, and how many orders that count have both.
package struct ProductPairState: TallyState {
  /// Orders of more articles are left out: pairs grow with the square of the articles, and what a wholesaler or a café
  /// fills its shelves with says nothing of what goes together. They stay baskets and orders of each of their articles.
  package static let articlesMax = 50

  /// In the order of their bytes, both in NFC.
  package let first, second: String
  package private(set) var orders: Int64 = 0

  /// The pair of two different articles, in whatever order they are given.
  package init(_ a: String, _ b: String) {
    let isInOrder = a.compareBytes(with: b) <= 0
    first = isInOrder ? a : b
    second = isInOrder ? b : a
  }

  package var key: Hash128 {
    TallyKind.productPair.key(TallyKind.product.key(first), TallyKind.product.key(second))
  }

  package var isEmpty: Bool { orders == 0 }

  package func isSameSubject(as other: Self) -> Bool { first == other.first && second == other.second }

  package mutating func merge(_ other: Self) { orders &+= other.orders }

  package mutating func subtract(_ other: Self) { orders &-= other.orders }

  package func encode(to writer: inout ByteWriter) {
    writer.text(first)
    writer.text(second)
    writer.signed(orders)
  }

  package init(_ reader: inout ByteReader) throws(CodingError) {
    first = try reader.text()
    second = try reader.text()
    orders = try reader.signed()
  }

  /// Every two articles of an order that counts. O(n²) in its articles, of which there are at most ``articlesMax``.
  package static func parts(of order: OrderState) -> [Self] {
    let articles = order.articles
    guard articles.count >= 2, articles.count <= articlesMax else { return [] }
    var parts: [Self] = []
    parts.reserveCapacity(articles.count * (articles.count - 1) / 2)
    for (index, article) in articles.enumerated() {
      for other in articles[(index + 1)...] {
        var part = ProductPairState(article, other)
        part.orders = 1
        parts.append(part)
      }
    }
    return parts
  }
}
