import Testing

@Suite("One customer of the coffee shop")
struct CoffeeCustomerTests {
  private let shop: Shop

  init() throws { shop = try Coffee.shop.get() }

  @Test(
    "The customer is found by every identifier, as people would write it",
    arguments: [
      "customer_id:C-0001", "C-0001", "email:huong.giang@example.vn", "Huong.Giang@Example.VN", "phone:0901 234 567",
      "0901234567", "+84901234567", "84-901-234-567",
    ])
  func lookUp(who: String) throws {
    let profile = try shop.json("profile", "show", who)
    #expect(profile["ids"]["customer_id"][0].text == "C-0001")
    #expect(profile["traits"]["name"].text == "Nguyễn Thị Hương Giang")
  }

  @Test("The customer is found by person id, and by each cookie")
  func lookUpByPersonID() throws {
    let profile = try shop.json("profile", "show", "C-0001")
    let person = try #require(profile["person"].text)
    let cookies = profile["ids"]["anonymous_id"].list.compactMap(\.text)
    #expect(cookies.count == 2)
    for who in [person] + cookies { #expect(try shop.json("profile", "show", who)["person"].text == person) }
  }

  @Test("10 bags of Arabica were bought in 3 orders for 1,850,000 dong")
  func purchases() throws {
    let profile = try shop.json("profile", "show", "C-0001")
    #expect(profile["products"].list.count == 1)
    #expect(profile["products"][0]["sku"].text == "ARA-500")
    #expect(profile["products"][0]["units"].count == 10 && profile["products"][0]["orders"].count == 3)
    let orders = profile["orders"]
    #expect(orders["count"].count == 3 && orders["placed"].count == 3 && orders["cancelled"].count == 0)
    #expect(orders["gross"].text == "1850000" && orders["net"].text == "1850000" && orders["refunded"].text == "0")
    #expect(orders["currency"].text == "VND" && orders["average"].text == "616667")
    #expect(
      orders["first"].text?.hasPrefix("2026-01-17T") == true && orders["last"].text?.hasPrefix("2026-03-05T") == true)
  }

  @Test("A profile in JSON has the fields that scripts rely on")
  func fields() throws {
    let profile = try shop.json("profile", "show", "C-0001")
    let fields: [String: Set<String>] = [
      "orders": ["count", "placed", "cancelled", "gross", "net", "refunded", "currency", "average", "first", "last"],
      "visits": ["count", "last"], "email": ["sent", "opened", "clicked", "last_opened"],
      "tickets": ["open", "resolved", "count"],
    ]
    let top = ["person", "stage", "ids", "traits", "consent", "channels", "stores", "first_seen", "last_seen"]
    for field in top + fields.keys { #expect(profile[field].exists, "\(field)") }
    for (field, parts) in fields { #expect(parts.isSubset(of: profile[field].keys), "\(field)") }
    #expect(!profile["timeline"].exists)
    #expect(profile["stage"].text == "repeat customer")
    #expect(profile["consent"]["email"].flag == true && profile["consent"]["sms"].flag == false)
    #expect(profile["tickets"]["count"].count == 1 && profile["email"]["opened"].count == 1)
    #expect(profile["stores"].keys == ["hcm-01"])
  }

  @Test("A timeline names position, time, type, id and source of each event, in the order of time")
  func timeline() throws {
    let entries = try shop.json("profile", "show", "C-0001", "--timeline")["timeline"].list
    for field in ["position", "time", "type", "id", "source"] {
      #expect(entries.allSatisfy { $0[field].exists }, "\(field)")
    }
    let times = entries.compactMap { $0["time"].text }
    #expect(times == times.sorted() && times.allSatisfy { $0.hasSuffix("Z") })
    #expect(entries.filter { $0["type"].text == "order.placed" }.count == 3)
    #expect(entries.filter { $0["type"].text == "ticket.opened" }.count == 1)
    // An event that names nobody but an order of the customer's belongs to them as well.
    #expect(entries.contains { $0["type"].text == "order.delivered" })
  }

  @Test("A page for readers has the same figures, in the shop's own time and the currency's own form")
  func page() throws {
    let page = try shop.hoso("profile", "show", "C-0001").text
    for part in [
      "Nguyễn Thị Hương Giang", "repeat customer", "1.850.000 ₫", "+84901234567", "ARA-500", "2026-03-05 20:10",
    ] {
      #expect(page.contains(part), "\(part)")
    }
  }

  @Test("An order is shown with its customer, its articles and its history")
  func order() throws {
    let person = try #require(try shop.json("profile", "show", "C-0001")["person"].text)
    let orders = try shop.json("order", "list", "--where", "person = '\(person)'", "--sort", "placed").list
    #expect(orders.count == 3)
    let id = try #require(orders.last?["order_id"].text)
    let order = try shop.json("order", "show", id)
    #expect(order["person"].text == person && order["items"][0]["quantity"].count == 5)
    let history = order["history"].list.compactMap { $0["type"].text }
    #expect(history.first == "order.placed" && history.contains("order.delivered"))
  }
}
