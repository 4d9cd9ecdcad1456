import Events
import GeneratedEvents
import ReadModels
import Testing

/// Random orders whose products are counted a second time from what was drawn, in plain integers.
@Suite("Products of random orders")
struct ProductReferenceTests {
  @Test("are what counting one by one gives", arguments: 0..<40)
  func reference(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let drawn = (0..<random.number(1..<25)).map { DrawnOrder($0, &random) }
    let orders = try drawn.map { try $0.state() }
    var expected = Expected()
    for (drawn, state) in zip(drawn, orders) where state.counts { expected.add(drawn) }
    let products = Tallies(orders.flatMap(ProductState.parts(of:))).rows.values
    #expect(Dictionary(uniqueKeysWithValues: products.map { ($0.sku, Figures($0)) }) == expected.products)
    let pairs = Tallies(orders.flatMap(ProductPairState.parts(of:))).rows.values
    #expect(Dictionary(uniqueKeysWithValues: pairs.map { ($0.first + "+" + $0.second, $0.orders) }) == expected.pairs)
    #expect(orders.count(where: \.isBasket) == expected.baskets)
  }
}

private struct DrawnOrder {
  struct Line {
    var sku: String
    var tenths: Int
    var priceMillionths: Int
    var discount: Int
  }

  let id: Int
  let lines: [Line]
  let currency: String
  let returned: [(sku: String, tenths: Int)]
  let isCancelled: Bool

  init(_ id: Int, _ random: inout SeededGenerator) {
    self.id = id
    currency = random.pick(["VND", "USD"])
    lines = (0..<random.number(0..<6)).map { _ in
      Line(
        sku: random.pick(["A", "B", "C", "\u{0110}", "Z"]), tenths: random.number(-5..<40),
        priceMillionths: random.number(0..<3_000_000) * 5, discount: random.number(0..<9) / 5 * random.number(0..<300))
    }
    returned = (0..<random.number(0..<3)).map { _ in (random.pick(["A", "B", "C"]), random.number(1..<20)) }
    isCancelled = random.oneIn(6)
  }

  func state() throws -> OrderState {
    let minor = try #require(Currency(currency))
    let items = lines.map { line in
      let discount = Money(minorUnits: Int64(line.discount), currency: minor).decimalString
      let price = ExactDecimal(significand: Int128(line.priceMillionths), scale: 6)
      return #"{"sku":"\#(line.sku)","quantity":\#(tenth(line.tenths)),"price":"\#(price)","discount":"\#(discount)"}"#
    }
    var later = returned.enumerated().map { index, item in
      let items = #"[{"sku":"\#(item.sku)","quantity":\#(tenth(item.tenths))}]"#
      return event("order.returned", at: Double(10 + index), #"{"order_id":\#(id),"items":\#(items)}"#)
    }
    if isCancelled { later.append(event("order.cancelled", at: 99, #"{"order_id":\#(id)}"#)) }
    return try order(id, items, currency, later: later)
  }

  private func tenth(_ tenths: Int) -> ExactDecimal { ExactDecimal(significand: Int128(tenths), scale: 1) }
}

private struct Figures: Equatable {
  var orders = 0
  var tenths = 0
  var revenue: [String: Int] = [:]

  init() {}

  init(_ product: ProductState) {
    orders = Int(product.orders)
    tenths = Int(product.millionths / 100_000)
    for entry in product.revenue.entries { revenue[entry.key.code] = Int(entry.sum) }
  }
}

/// What the orders add up to, by brute force.
private struct Expected {
  var products: [String: Figures] = [:]
  var pairs: [String: Int64] = [:]
  var baskets = 0

  mutating func add(_ order: DrawnOrder) {
    let skus = Set(order.lines.map(\.sku))
    for sku in skus { add(order, sku) }
    for a in skus {
      for b in skus where Array(a.utf8).lexicographicallyPrecedes(Array(b.utf8)) { pairs[a + "+" + b, default: 0] += 1 }
    }
    baskets += skus.isEmpty ? 0 : 1
  }

  private mutating func add(_ order: DrawnOrder, _ sku: String) {
    let lines = order.lines.filter { $0.sku == sku }
    let bought = lines.reduce(0) { $0 + $1.tenths }
    // Millionths times tenths: seven decimals, of which the currency keeps two or none.
    let minor = order.currency == "USD" ? 100_000 : 10_000_000
    let earned = lines.reduce(0) { sum, line in
      sum + rounded(line.priceMillionths * line.tenths - line.discount * minor, minor)
    }
    let back = bought > 0 ? min(bought, order.returned.filter { $0.sku == sku }.reduce(0) { $0 + $1.tenths }) : 0
    var figures = products[sku] ?? Figures()
    figures.orders += 1
    figures.tenths += bought - back
    let sum = figures.revenue[order.currency, default: 0] + earned - (back > 0 ? rounded(earned * back, bought) : 0)
    figures.revenue[order.currency] = sum == 0 ? nil : sum
    products[sku] = figures
  }

  /// A quotient, half away from zero.
  private func rounded(_ dividend: Int, _ divisor: Int) -> Int {
    let magnitude = (2 * abs(dividend) + divisor) / (2 * divisor)
    return dividend < 0 ? -magnitude : magnitude
  }
}
