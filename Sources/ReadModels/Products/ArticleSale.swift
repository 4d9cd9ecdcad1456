import Events

/// What an order that counts sold of one article: what its lines say less what came back.
struct ArticleSale {
  let sku: String
  var names = Sums<String>()
  var categories = Sums<String>()
  /// Millionths of a unit; negative where more was taken back over the counter than sold.
  var millionths: Int64 = 0
  /// In minor units of the order's currency.
  var revenue: Int64 = 0

  init(sku: String) { self.sku = sku }

  mutating func add(_ line: OrderItem, in currency: Currency) {
    millionths &+= line.millionths
    revenue &+= line.revenue(in: currency)
    if let name = line.name { names.add(1, to: name) }
    if let category = line.category { categories.add(1, to: category) }
  }

  /// Takes away returned units, at most those that were sold, and their share of the revenue, rounded half away from zero.
  mutating func giveBack(_ returned: Int64) {
    guard returned > 0, millionths > 0 else { return }
    let returned = min(returned, millionths)
    // Two numbers of 64 bits: the product fits 128.
    let (share, rest) = (Int128(revenue) * Int128(returned)).quotientAndRemainder(dividingBy: Int128(millionths))
    let isHalfOrMore = rest.magnitude * 2 >= Int128(millionths).magnitude
    let rounded = isHalfOrMore ? share + rest.signum() : share
    revenue &-= Int64(truncatingIfNeeded: rounded)
    millionths -= returned
  }
}

extension OrderState {
  /// What the order sold of each article, by the bytes of their numbers; nothing if it does not count. O(n log n).
  var articleSales: [ArticleSale] {
    guard counts, let details = placed?.value else { return [] }
    var sales: [ArticleSale] = []
    for index in Self.indicesByArticle(details.items) {
      let line = details.items[index]
      if sales.last?.sku != line.sku { sales.append(ArticleSale(sku: line.sku)) }
      sales[sales.count - 1].add(line, in: details.total.currency)
    }
    guard !returns.isEmpty else { return sales }
    let returned = returnedMillionths
    for index in sales.indices { sales[index].giveBack(returned[sales[index].sku] ?? 0) }
    return sales
  }

  /// The numbers of the order's articles, each once, by their bytes; none if it does not count. O(n log n).
  var articles: [String] {
    guard counts, let items = placed?.value.items else { return [] }
    var articles: [String] = []
    for index in Self.indicesByArticle(items) where articles.last != items[index].sku {
      articles.append(items[index].sku)
    }
    return articles
  }

  /// Indices are sorted in place of the lines themselves, which are large.
  private static func indicesByArticle(_ items: [OrderItem]) -> [Int] {
    items.indices.sorted { items[$0].sku.compareBytes(with: items[$1].sku) < 0 }
  }

  private var returnedMillionths: [String: Int64] {
    var sums: [String: Int64] = [:]
    for entry in returns.entries {
      for item in entry.value.value { sums[item.sku, default: 0] &+= item.millionths }
    }
    return sums
  }
}

extension OrderItem {
  /// The quantity in millionths, rounded half away from zero; a quantity beyond 64 bits of them counts as nothing.
  var millionths: Int64 {
    if let whole = quantity.int64 {
      let (product, overflow) = whole.multipliedReportingOverflow(by: ProductState.unit)
      return overflow ? 0 : product
    }
    do {
      return try quantity.rounded(toScale: 6).multiplied(by: ExactDecimal(ProductState.unit)).int64 ?? 0
    } catch {
      return 0
    }
  }

  /// Price times quantity less the line's own discount, in minor units, rounded half away from zero. A line without a
  /// price, and one whose value does not fit 64 bits, count as nothing.
  func revenue(in currency: Currency) -> Int64 {
    guard let price else { return 0 }
    do {
      let full = try price.multiplied(by: quantity)
      let reduced = try discount.map { try full.subtracting($0.decimal) } ?? full
      return try Money(reduced.rounded(toScale: currency.exponent), currency).minorUnits
    } catch {
      return 0
    }
  }
}
