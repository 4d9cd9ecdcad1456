import Events
import GeneratedEvents
import ReadModels
import Testing

@Suite("A product")
struct ProductTests {
  @Test("has the orders, units and revenue of its lines")
  func figures() throws {
    let first = try order(1, [#"{"sku":"A","quantity":2,"price":100000}"#, #"{"sku":"B","quantity":1,"price":50000}"#])
    let second = try order(2, [#"{"sku":"A","quantity":1.5,"price":90000}"#, #"{"sku":"A","quantity":1,"price":1}"#])
    let product = try productState("A", of: [first, second])
    #expect(product.orders == 2 && "\(product.units)" == "4.5")
    #expect(try revenue(product, "VND") == 200_000 + 135_000 + 1)
    #expect(try revenue(try productState("B", of: [first, second]), "VND") == 50_000)
  }

  @Test("earns price times quantity less the line's discount, rounded to the minor unit line by line")
  func rounding() throws {
    let dong = try order(1, [#"{"sku":"A","quantity":0.35,"price":420001,"discount":7000}"#])
    #expect(try revenue(productState("A", of: [dong]), "VND") == 140_000)  // 147000.35 - 7000
    let halves = [#"{"sku":"A","quantity":1,"price":0.125}"#, #"{"sku":"A","quantity":-1,"price":0.125}"#]
    let cents = try order(
      2, [halves[0], halves[0], #"{"sku":"A","quantity":3,"price":"34.50","discount":"3.5"}"#], "USD")
    #expect(try revenue(productState("A", of: [cents]), "USD") == 13 + 13 + 10_000)
    let both = try productState("A", of: [dong, cents])
    #expect(try revenue(both, "VND") == 140_000 && revenue(both, "USD") == 10_026)
    #expect(try productState("A", of: [try order(3, halves, "USD")]).revenue.isEmpty)
  }

  @Test("earns nothing where no price is given, and counts all the same")
  func withoutPrice() throws {
    let product = try productState("A", of: [try order(1, [#"{"sku":"A","quantity":3}"#])])
    #expect(product.orders == 1 && "\(product.units)" == "3" && product.revenue.isEmpty)
  }

  @Test("loses what came back with its share of the revenue, and stays in the order")
  func returns() throws {
    let lines = [
      #"{"sku":"A","quantity":3,"price":100,"discount":"100"}"#, #"{"sku":"B","quantity":1,"price":1000}"#,
    ]
    let one = try order(1, lines, later: [returned(#"[{"sku":"A","quantity":1}]"#, at: 5)])
    #expect(try revenue(productState("A", of: [one]), "VND") == 200 - 67)
    #expect(try "\(productState("A", of: [one]).units)" == "2")
    let all = try order(
      2, lines,
      later: [returned(#"[{"sku":"A","quantity":2}]"#, at: 5), returned(#"[{"sku":"A","quantity":2}]"#, at: 6)])
    let product = try productState("A", of: [all])
    #expect(product.orders == 1 && product.millionths == 0 && product.revenue.isEmpty)
    #expect(try revenue(productState("B", of: [all]), "VND") == 1000)
  }

  @Test("knows nothing of orders that are cancelled, refunded or sent back whole")
  func notCounting() throws {
    let line = [#"{"sku":"A","quantity":1,"price":100}"#]
    let gone = [
      event("order.cancelled", at: 9, #"{"order_id":1}"#), returned("[]", at: 9),
      event("order.refunded", at: 9, #"{"order_id":1,"currency":"VND","amount":500000}"#),
    ]
    for event in gone {
      let state = try order(1, line, later: [event])
      #expect(ProductState.parts(of: state).isEmpty && ProductPairState.parts(of: state).isEmpty)
      #expect(state.sales.isEmpty && !state.isBasket)
    }
  }

  @Test("is called what most lines call it, and of equally frequent names the first by its bytes")
  func names() throws {
    func named(_ id: Int, _ name: String, _ category: String) throws -> OrderState {
      try order(id, [#"{"sku":"A","quantity":1,"price":1,"name":"\#(name)","category":"\#(category)"}"#])
    }
    let orders = [try named(1, "Mill", "Tools"), try named(2, "Hand mill", "Tools"), try named(3, "Mill", "Bar")]
    let product = try productState("A", of: orders)
    #expect(product.name == "Mill" && product.category == "Tools")
    #expect(try productState("A", of: Array(orders[..<2])).name == "Hand mill")
    #expect(ProductState(sku: "A").name == nil)
    let spellings = [try named(1, "Ca\u{0300} phe", "B"), try named(2, "C\u{00E0} phe", "B"), try named(3, "A", "B")]
    #expect(try productState("A", of: spellings).name.map { Array($0.utf8) } == Array("C\u{00E0} phe".utf8))
  }

  @Test("has as many buyers as people with an order of it that counts")
  func buyers() throws {
    let line = [#"{"sku":"A","quantity":1,"price":1}"#]
    let cancelled = try order(9, line, later: [event("order.cancelled", at: 9, #"{"order_id":9}"#)])
    let people = [Person(orders: [try order(1, line), try order(2, line)]), Person(orders: [cancelled])]
    let tallies = Tallies((people + [Person(orders: [try order(3, line)])]).flatMap(ProductState.parts(of:)))
    #expect(tallies.rows.values.map(\.buyers) == [2])
  }

  @Test("was sold when each of its orders was placed")
  func sales() throws {
    let state = try order(1, ["B", "A", "B"].map { #"{"sku":"\#($0)","quantity":1,"price":1}"# })
    #expect(state.sales.map { "\($0.product)" } == ["A", "B"].map { "\(ProductState.key(sku: $0))" })
    #expect(state.sales.allSatisfy { $0.placedAt == state.placedAt })
    #expect(state.isBasket)
    #expect(try !order(2, []).isBasket)
  }
}

@Suite("A pair of products")
struct ProductPairTests {
  @Test("counts the orders that have both, whatever their quantities")
  func orders() throws {
    let orders = [
      try order(1, skus(["B", "A", "C", "A"])), try order(2, skus(["A", "B"])), try order(3, skus(["A"])),
    ]
    let pairs = Tallies(orders.flatMap(ProductPairState.parts(of:))).rows.values
    #expect(Set(pairs.map { "\($0.first)\($0.second) \($0.orders)" }) == ["AB 2", "AC 1", "BC 1"])
  }

  @Test("leaves out orders of more than fifty articles")
  func large() throws {
    let fifty = try order(1, skus((1...50).map { "S\($0)" }))
    #expect(ProductPairState.parts(of: fifty).count == 50 * 49 / 2)
    let more = try order(1, skus((1...51).map { "S\($0)" }))
    #expect(ProductPairState.parts(of: more).isEmpty)
    #expect(ProductState.parts(of: more).count == 51)
  }

  @Test("goes together as its counts say")
  func association() throws {
    // Of 100 baskets 20 have A, 10 have B, and 5 have both.
    let pair = Association(both: 5, first: 20, second: 10, baskets: 100)
    #expect(pair.support.map { "\($0)" } == "0.05")
    #expect(pair.confidence.map { "\($0)" } == "0.25" && pair.reverseConfidence.map { "\($0)" } == "0.5")
    #expect(pair.lift.map { "\($0)" } == "2.5")
    #expect(Association(both: 2, first: 3, second: 3, baskets: 7).lift.map { "\($0)" } == "1.555556")
    let nothing = Association(both: 0, first: 0, second: 0, baskets: 0)
    #expect(nothing.support == nil && nothing.confidence == nil && nothing.lift == nil)
  }

  private func skus(_ names: [String]) -> [String] { names.map { #"{"sku":"\#($0)","quantity":1,"price":1}"# } }
}

/// An order placed at second 1 with lines as JSON.
func order(_ id: Int, _ lines: [String], _ currency: String = "VND", later: [GeneratedEvent] = []) throws -> OrderState
{
  let data = #"{"order_id":\#(id),"currency":"\#(currency)","total":500000,"items":[\#(lines.joined(separator: ","))]}"#
  return try folded([event("order.placed", at: 1, data)] + later, id: "\(id)")
}

private func returned(_ items: String, at seconds: Double) -> GeneratedEvent {
  event("order.returned", at: seconds, #"{"order_id":1,"items":\#(items)}"#)
}

private func productState(_ sku: String, of orders: [OrderState]) throws -> ProductState {
  try #require(Tallies(orders.flatMap(ProductState.parts(of:))).rows["\(ProductState.key(sku: sku))"])
}

private func revenue(_ product: ProductState, _ currency: String) throws -> Int64 {
  product.revenue[try #require(Currency(currency))]
}
