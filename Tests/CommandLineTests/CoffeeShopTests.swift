import Testing

/// What is known of the coffee scenario is read back from the program's answers.
@Suite("The coffee shop's figures can be read back")
struct CoffeeShopTests {
  private let shop: Shop

  init() throws { shop = try Coffee.shop.get() }

  @Test("1,000 people have a customer id, and 500 of them have bought")
  func people() throws {
    #expect(try shop.count("profile", where: "customer_id is not null") == 1000)
    #expect(try shop.count("profile", where: "orders.count >= 1") == 500)
    #expect(try shop.count("profile", where: "customer_id is not null and orders.count = 0") == 500)
  }

  @Test("200 orders were placed in March in the shop's own zone; 10 of them are packed and wait")
  func marchOrders() throws {
    let march = "placed >= 2026-03-01 and placed < 2026-04-01"
    #expect(try shop.count("order", where: march) == 200)
    #expect(try shop.count("order", where: "\(march) and status = 'packed'") == 10)
    #expect(try shop.count("order", where: "status = 'packed'") == 10)
    #expect(try shop.count("order", where: "\(march) and status = 'cancelled'") == 6)
  }

  @Test("The campaign went to 200 people; 50 opened it, machines not counted, and 5 ordered")
  func campaign() throws {
    let sent = "campaign = 'arabica-march' and sent is not null"
    #expect(try shop.count("message", where: sent) == 200)
    #expect(try shop.count("message", where: "\(sent) and opened is not null") == 50)
    #expect(try shop.count("message", where: "\(sent) and opened_by_machine is not null") == 8)
    #expect(try shop.count("message", where: "\(sent) and clicked is not null") == 18)
    #expect(try shop.count("order", where: "campaign = 'arabica-march'") == 5)
    #expect(try shop.count("profile", where: "email.opened >= 1") == 50)
  }

  @Test("50 of the campaign's 200 people had bought Arabica before it")
  func recipientsWhoHadBought() throws {
    let messages = try shop.json("message", "list", "--where", "campaign = 'arabica-march'").list
    let recipients = Set(messages.compactMap { $0["person"].text })
    let earlier = try shop.json("order", "list", "--where", "placed < 2026-03-10 and counts", "--fields", "person,skus")
      .list
    let buyers = Set(
      earlier.filter { $0["skus"].list.contains { $0.text?.hasPrefix("ARA-") == true } }.compactMap {
        $0["person"].text
      })
    #expect(recipients.count == 200)
    #expect(recipients.intersection(buyers).count == 50)
    #expect(buyers.count > 50)
  }

  @Test("15 tickets were opened in the third week of March; 10 were resolved within 48 hours")
  func tickets() throws {
    let week = "opened >= 2026-03-16 and opened < 2026-03-23"
    #expect(try shop.count("ticket", where: week) == 15)
    #expect(try shop.count("ticket", where: "\(week) and hours_to_resolve <= 48") == 10)
    #expect(try shop.count("ticket") == 35)
  }

  @Test("Everything is accounted for: no quarantine, no lag, and as many people as identifiers' owners")
  func status() throws {
    let status = try shop.json("status")
    let lines = try Coffee.events.get().count { $0 == 0x0A }
    #expect(status["events"].count == lines && status["last_position"].count == lines)
    #expect(status["quarantined"].count == 0)
    #expect(try #require(status["log_bytes"].count) > 0)
    let projection = status["projections"][0]
    for field in ["name", "version", "generation", "position", "lag", "state", "digest"] {
      #expect(projection[field].exists, "\(field)")
    }
    #expect(projection["position"].count == lines && projection["lag"].count == 0)
    let owners = Set(try shop.hoso("identity", "export").lines.dropFirst().compactMap { $0.split(separator: ",").last })
    #expect(try shop.count("profile") == owners.count)
  }
}
