import Testing

@Suite("Numbers that binary fractions cannot hold stay exact")
struct ExactNumberTests {
  @Test("An order id beyond 2^53 that is sent as a number keeps every digit")
  func largeOrderID() throws {
    let shop = try Shop()
    #expect(
      try shop.hoso("ingest", "-", input: SampleEvent.order("1", total: "5", orderID: "12345678901234567890")).status
        == 0)
    #expect(try shop.json("order", "show", "12345678901234567890")["order_id"].text == "12345678901234567890")
    #expect(try shop.hoso("log", "export").text.contains(#""order_id":12345678901234567890,"#))
  }

  @Test("A total beyond 2^53 is exact in every answer")
  func largeTotal() throws {
    let shop = try Shop()
    #expect(try shop.hoso("ingest", "-", input: SampleEvent.order("1", total: "90071992547409931")).status == 0)
    #expect(try shop.json("order", "show", "1")["total"].text == "90071992547409931")
    #expect(try shop.json("profile", "show", "an@example.vn")["orders"]["net"].text == "90071992547409931")
    #expect(try shop.hoso("order", "list", "--fields", "total", "--format", "csv").lines.last == "90071992547409931")
    #expect(try shop.hoso("order", "show", "1").text.contains("90.071.992.547.409.931 ₫"))
    #expect(try shop.count("order", where: "total = 90071992547409931") == 1)
    #expect(try shop.count("order", where: "total = 90071992547409930") == 0)
  }

  @Test("Cents add up exactly where binary fractions would not")
  func cents() throws {
    let shop = try Shop()
    let orders = (1...10).map { SampleEvent.order("\($0)", total: $0 % 2 == 0 ? "0.10" : "\"0.2\"", currency: "USD") }
    #expect(try shop.hoso("ingest", "-", input: orders.joined()).status == 0)
    let profile = try shop.json("profile", "show", "an@example.vn")["orders"]
    #expect(profile["net"].text == "1.50" && profile["average"].text == "0.15" && profile["currency"].text == "USD")
  }

  @Test("Amounts of several currencies are not added without rates, and are with them")
  func currencies() throws {
    let shop = try Shop()
    try shop.hoso(
      "ingest", "-",
      input: SampleEvent.order("1", total: "50000") + SampleEvent.order("2", total: "2.50", currency: "USD"))
    let apart = try shop.json("profile", "show", "an@example.vn")["orders"]
    #expect(apart["net"].isNull && apart["count"].count == 2)
    #expect(apart["by_currency"].list.map { $0["net"].text } == ["2.50", "50000"])
    try shop.file("data/hoso.yaml", "currency: VND\nrates:\n  USD: 25400\n")
    let together = try shop.json("profile", "show", "an@example.vn")["orders"]
    #expect(together["net"].text == "113500" && together["currency"].text == "VND")
  }
}
