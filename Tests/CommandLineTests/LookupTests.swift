import Testing

@Suite("Looking people and things up")
struct LookupTests {
  @Test("A bare value that several people have lists them, and each can be shown")
  func ambiguous() throws {
    let shop = try Shop()
    try shop.hoso(
      "ingest", "-",
      input: SampleEvent.page("1", ids: #"{"customer_id":"X9"}"#) + SampleEvent.page("2", ids: #"{"loyalty_id":"X9"}"#))
    let people = try ["customer_id:X9", "loyalty_id:X9"].map {
      try shop.json("profile", "show", $0)["person"].text ?? ""
    }
    #expect(Set(people).count == 2)
    for format in ["table", "json"] {
      let outcome = try shop.hoso("profile", "show", "X9", "--format", format)
      #expect(outcome.status == 1 && outcome.output.isEmpty)
      for word in people + ["customer_id:X9", "loyalty_id:X9"] { #expect(outcome.errors.contains(word)) }
    }
    #expect(try shop.json("profile", "show", people[1])["ids"]["loyalty_id"][0].text == "X9")
  }

  @Test("A bare value that one person has as several types is that person")
  func sameValueTwice() throws {
    let shop = try Shop()
    try shop.hoso("ingest", "-", input: SampleEvent.page("1", ids: #"{"customer_id":"X9","loyalty_id":"X9"}"#))
    #expect(try shop.json("profile", "show", "X9")["ids"].keys == ["customer_id", "loyalty_id"])
  }

  @Test("A value with a colon that is no type is looked up as it is")
  func colon() throws {
    let shop = try Shop()
    try shop.hoso("ingest", "-", input: SampleEvent.page("1", ids: #"{"social_id":"fb:42"}"#))
    #expect(try shop.json("profile", "show", "fb:42")["ids"]["social_id"][0].text == "fb:42")
  }

  @Test(
    "Who or what is unknown is named, with exit code 1 and nothing on standard output",
    arguments: [
      ["profile", "show", "nobody@example.vn"], ["profile", "show", "phone:0999 999 999"],
      ["profile", "show", "fax:12"],
      ["profile", "show", "p0000000000000000"], ["order", "show", "O-404"], ["ticket", "show", "T-404"],
    ])
  func unknown(words: [String]) throws {
    let outcome = try Coffee.shop.get().hoso(words)
    #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errors.contains(words[2]))
  }

  @Test("An order of which only a step is known has no customer yet, and finds them when the order arrives")
  func orderBeforeItsCustomer() throws {
    let shop = try Shop()
    let packed =
      #"{"id":"2","type":"order.packed","time":"2026-03-01T11:00:00+07:00","source":"wms","channel":"web","data":{"order_id":"o1"}}"#
    try shop.hoso("ingest", "-", input: packed + "\n")
    #expect(try shop.json("order", "show", "o1")["person"].isNull)
    #expect(try shop.count("profile") == 0)
    try shop.hoso("ingest", "-", input: SampleEvent.order("o1", total: "5"))
    let order = try shop.json("order", "show", "o1")
    #expect(order["status"].text == "packed")
    #expect(try order["person"].text == shop.json("profile", "show", "an@example.vn")["person"].text)
  }

  @Test("Lists select, sort, cut and choose fields")
  func lists() throws {
    let shop = try Coffee.shop.get()
    let richest = try shop.json(
      "profile", "list", "--sort", "-orders.net", "--limit", "5", "--fields", "name,orders.net"
    ).list
    let values = richest.compactMap { $0["orders.net"].text.flatMap { Int($0) } }
    #expect(values.count == 5 && values == values.sorted(by: >) && richest[0].keys == ["name", "orders.net"])
    let all = try shop.json("profile", "list", "--fields", "orders.net").list.compactMap {
      $0["orders.net"].text.flatMap { Int($0) }
    }
    #expect(values[0] == all.max())
    let csv = try shop.hoso(
      "order", "list", "--where", "campaign = 'arabica-march'", "--fields", "order_id,total", "--format", "csv"
    ).lines
    #expect(csv.count == 6 && csv[0] == "order_id,total")
    #expect(try shop.hoso("order", "list", "--where", "total > 999999999").errors == "No orders.\n")
    #expect(try shop.json("order", "list", "--where", "total > 999999999").list.isEmpty)
    #expect(try shop.count("profile", where: "traits.gender = 'female'") > 0)
  }
}
