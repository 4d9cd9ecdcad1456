import Testing

@Suite("Products and campaigns")
struct SalesTests {
  private let shop: Shop

  /// Two orders that count, of which the first follows a click, and one that was cancelled.
  init() throws {
    shop = try Shop()
    let (a, b) = (Self.item("A", 2, 100_000, "Mill"), Self.item("B", 1, 50_000, "Filter"))
    let events = [
      Self.event("1", "order.placed", "an", 3, Self.order("o1", 250_000, [a, b])),
      Self.event("2", "order.placed", "binh", 4, Self.order("o2", 100_000, [Self.item("A", 1, 100_000, "Mill")])),
      Self.event("3", "order.placed", "an", 5, Self.order("o3", 150_000, [a, b])),
      Self.event("4", "order.cancelled", "an", 6, #"{"order_id":"o3"}"#),
      Self.event("5", "email.sent", "an", 1, #"{"message_id":"m1","campaign":"tet","variant":"A"}"#),
      Self.event("6", "email.clicked", "an", 2, #"{"message_id":"m1","url":"https://shop.example.vn/"}"#),
      Self.event("7", "email.sent", "binh", 1, #"{"message_id":"m2","campaign":"tet","variant":"B"}"#),
      Self.event("8", "email.bounced", "binh", 2, #"{"message_id":"m2","kind":"hard"}"#),
    ]
    #expect(try shop.hoso("ingest", "-", input: events.joined()).status == 0)
  }

  @Test("Products have the orders, units, buyers and revenue of what counts, the greatest revenue first")
  func products() throws {
    let products = try shop.json("products").list
    #expect(products.map { $0["sku"].text } == ["A", "B"])
    #expect(products.map { $0["orders"].count } == [2, 1] && products.map { $0["units"].count } == [3, 1])
    #expect(products.map { $0["buyers"].count } == [2, 1])
    #expect(products.map { $0["revenue"].text } == ["300000", "50000"])
    #expect(products.map { $0["share"].number } == [1, 0.5])
    #expect(products[0]["last_sold"].text == "2026-03-04T03:00:00Z" && products[0]["name"].text == "Mill")
    let csv = try shop.hoso(
      "products", "list", "--where", "share < 1", "--sort", "-sku", "--fields", "sku,revenue,share", "--format", "csv")
    #expect(csv.text == "sku,revenue,share\nB,50000,0.5\n")
    let table = try shop.hoso("products", "--fields", "sku,revenue,share", "--limit", "1")
    #expect(table.text == "SKU    REVENUE    SHARE\nA    300.000 ₫  100.00%\n")
  }

  @Test("Pairs say how strongly products go together, from the side of either")
  func pairs() throws {
    let pair = try shop.json("products", "pairs", "B")[0]
    #expect(pair["first"].text == "B" && pair["second"].text == "A" && pair["second_name"].text == "Mill")
    #expect(pair["orders"].count == 1 && pair["support"].number == 0.5 && pair["lift"].number == 1)
    #expect(pair["confidence"].number == 1 && pair["reverse_confidence"].number == 0.5)
    #expect(try shop.json("products", "pairs")[0]["first"].text == "A")
    #expect(try shop.hoso("products", "pairs", "--min-orders", "2").errors == "No pairs.\n")
  }

  @Test("A product is shown with what it is bought together with; an unknown one is named")
  func show() throws {
    let product = try shop.json("products", "show", "A")
    #expect(product["orders"].count == 2 && product["pairs"][0]["second"].text == "B")
    let page = try shop.hoso("products", "show", "A").text
    #expect(page.contains("Mill") && page.contains("Bought together with") && page.contains("Filter"))
    for words in [["products", "show", "Z9"], ["products", "pairs", "Z9"]] {
      let outcome = try shop.hoso(words)
      #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errors.contains("Z9"))
    }
  }

  @Test("Campaigns have rates and the orders that followed a touch, by variant")
  func campaigns() throws {
    let campaigns = try shop.json("campaigns").list
    #expect(campaigns.map { $0["variant"].text } == ["A", "B"])
    #expect(campaigns.map { $0["sent"].count } == [1, 1] && campaigns.map { $0["delivered"].count } == [1, 0])
    #expect(campaigns[0]["click_rate"].number == 1 && campaigns[1]["click_rate"].isNull)
    #expect(campaigns.map { $0["bounce_rate"].number } == [0, 1] && campaigns[1]["hard_bounced"].count == 1)
    #expect(campaigns[0]["orders"].count == 1 && campaigns[0]["revenue"].text == "250000")
    #expect(campaigns[0]["revenue_per_recipient"].text == "250000" && campaigns[0]["conversion_rate"].number == 1)
    let table = try shop.hoso("campaigns", "--fields", "variant,bounce_rate,click_rate", "--sort", "variant")
    #expect(
      table.lines.dropFirst().map { $0.split(separator: " ").map(String.init) } == [
        ["A", "0.00%", "100.00%"], ["B", "100.00%", "-"],
      ])
  }

  private static func item(_ sku: String, _ quantity: Int, _ price: Int, _ name: String) -> String {
    #"{"sku":"\#(sku)","quantity":\#(quantity),"price":\#(price),"name":"\#(name)"}"#
  }

  private static func order(_ id: String, _ total: Int, _ items: [String]) -> String {
    #"{"order_id":"\#(id)","currency":"VND","total":\#(total),"items":[\#(items.joined(separator: ","))]}"#
  }

  private static func event(_ id: String, _ type: String, _ who: String, _ day: Int, _ data: String) -> String {
    SampleEvent.page(
      id, ids: #"{"email":"\#(who)@example.vn"}"#, time: "2026-03-0\(day)T10:00:00+07:00", type: type, data: data)
  }
}
