import Foundation
import Simulation
import Testing

/// The scenario as a receiver sees it: the people of a campaign, the events of an order, found by identifiers alone.
private struct Coffee {
  let events: [ParsedEvent]
  private var accounts: [String: String] = [:]

  init(seed: UInt64) throws {
    events = try Recording.coffee(seed: seed).events()
    for event in events {
      guard let account = event.ids["customer_id"] else { continue }
      for key in Self.strongKeys(event) { accounts[key] = account }
    }
    for event in events where event.ids["marketplace_id"] != nil {
      guard let account = account(of: event) else { continue }
      for key in Self.strongKeys(event) { accounts[key] = account }
    }
  }

  private static func strongKeys(_ event: ParsedEvent) -> [String] {
    event.ids.compactMap { type, value in
      switch type {
      case "email": "email:" + ParsedEvent.email(value)
      case "phone": "phone:" + ParsedEvent.phone(value)
      case "loyalty_id", "marketplace_id", "customer_id": type + ":" + value
      default: nil
      }
    }
  }

  func account(of event: ParsedEvent) -> String? {
    Self.strongKeys(event).lazy.compactMap { accounts[$0] }.first
  }

  func all(_ type: String) -> [ParsedEvent] { events.filter { $0.type == type } }
  func people(_ events: [ParsedEvent]) -> Set<String> { Set(events.compactMap { account(of: $0) }) }

  /// Events to each value of a data field, in the order of time.
  func grouped(by field: String) -> [String: [ParsedEvent]] {
    Dictionary(grouping: events.filter { $0.text(field) != nil }) { $0.text(field) ?? "" }
      .mapValues { $0.sorted { $0.time < $1.time } }
  }

  func isArabica(_ event: ParsedEvent) -> Bool { event.items.contains { $0.sku.hasPrefix("ARA-") } }
}

@Suite("The coffee scenario has its figures for every seed")
struct CoffeeScenarioTests {
  static let seeds: [UInt64] = [1, 2, 3, 42, .max]

  @Test("1,000 customers have registered, each once with id, name, e-mail and phone", arguments: seeds)
  func registrations(seed: UInt64) throws {
    let coffee = try Coffee(seed: seed)
    let registered = coffee.all("customer.registered")
    #expect(registered.count == 1000)
    for type in ["customer_id", "email", "phone"] { #expect(Set(registered.compactMap { $0.ids[type] }).count == 1000) }
    #expect(registered.allSatisfy { $0.text("name")?.isEmpty == false })
    #expect((12_000...20_000).contains(coffee.events.count))
  }

  @Test("500 customers have an order that was not cancelled", arguments: seeds)
  func buyers(seed: UInt64) throws {
    let coffee = try Coffee(seed: seed)
    let cancelled = Set(coffee.all("order.cancelled").compactMap { $0.text("order_id") })
    let counted = coffee.all("order.placed").filter { !cancelled.contains($0.text("order_id") ?? "") }
    #expect(counted.allSatisfy { coffee.account(of: $0) != nil })
    #expect(coffee.people(counted).count == 500)
    #expect(coffee.people(coffee.all("order.placed")).count == 500)
    #expect(Set(counted.map(\.channel)) == ["web", "pos", "marketplace"])
  }

  @Test("200 orders were placed in March; packing is the last event of 10 of them and of no other", arguments: seeds)
  func marchOrders(seed: UInt64) throws {
    let coffee = try Coffee(seed: seed)
    let orders = coffee.grouped(by: "order_id").mapValues { $0.filter { $0.type.hasPrefix("order.") } }
    let march = orders.values.filter { $0[0].localDay.hasPrefix("2026-03") }
    #expect(orders.values.allSatisfy { $0[0].type == "order.placed" })
    #expect(march.count == 200)
    let ends = Dictionary(grouping: march) { $0[$0.count - 1].type }.mapValues(\.count)
    #expect(ends == ["order.delivered": 160, "order.shipped": 24, "order.cancelled": 6, "order.packed": 10])
    let earlier = orders.values.filter { $0[0].localDay < "2026-03" }
    #expect(earlier.allSatisfy { $0[$0.count - 1].type == "order.delivered" })
  }

  @Test("Of the 200 recipients of the campaign 50 had bought Arabica before", arguments: seeds)
  func recipients(seed: UInt64) throws {
    let coffee = try Coffee(seed: seed)
    let sent = coffee.all("email.sent")
    #expect(sent.count == 200 && coffee.people(sent).count == 200)
    #expect(sent.allSatisfy { $0.localDay == "2026-03-10" && $0.text("campaign") == "arabica-march" })
    #expect(coffee.people(coffee.all("email.delivered")) == coffee.people(sent))
    let before = coffee.all("order.placed").filter { $0.localDay < "2026-03-10" && coffee.isArabica($0) }
    #expect(coffee.people(before).intersection(coffee.people(sent)).count == 50)
    #expect(coffee.people(before).count > 50)
  }

  @Test("50 of the 200 opened, 8 of these also by machine, 18 clicked and 5 ordered once afterwards", arguments: seeds)
  func openers(seed: UInt64) throws {
    let coffee = try Coffee(seed: seed)
    let byMachine = coffee.all("email.opened").filter { $0.data["machine"] as? Bool == true }
    let opened = coffee.all("email.opened").filter { $0.data["machine"] as? Bool == false }
    let openers = coffee.people(opened)
    #expect(opened.count == 50 && openers.count == 50 && openers.isSubset(of: coffee.people(coffee.all("email.sent"))))
    #expect(byMachine.count == 8 && coffee.people(byMachine).isSubset(of: openers))
    let clicked = coffee.all("email.clicked")
    #expect(clicked.count == 18 && coffee.people(clicked).isSubset(of: openers))
    let orders = coffee.all("order.placed").filter { $0.text("campaign") == "arabica-march" }
    #expect(orders.count == 5 && coffee.people(orders).count == 5)
    for order in orders {
      let own = try #require(opened.first { coffee.account(of: $0) == coffee.account(of: order) })
      #expect(own.time < order.time)
    }
  }

  @Test("Of the 15 tickets of the week 10 were resolved within 48 hours and not reopened", arguments: seeds)
  func tickets(seed: UInt64) throws {
    let tickets = try Coffee(seed: seed).grouped(by: "ticket_id")
    let week = tickets.values.filter { ("2026-03-16"..."2026-03-22").contains($0[0].localDay) }
    #expect(tickets.values.allSatisfy { $0[0].type == "ticket.opened" })
    #expect(tickets.count == 35 && week.count == 15)
    let inTime = week.filter { ticket in
      ticket.contains { $0.type == "ticket.resolved" && $0.time.timeIntervalSince(ticket[0].time) <= 48 * 3600 }
    }
    #expect(inTime.count == 10)
    #expect(inTime.allSatisfy { !$0.contains { $0.type == "ticket.reopened" } })
    #expect(week.filter { $0.contains { $0.type == "ticket.resolved" } }.count == 13)
    #expect(week.filter { $0.contains { $0.type == "ticket.reopened" } }.count == 1)
  }

  @Test("Hương Giang has bought 10 bags of Arabica in 3 orders, one of them known by phone only", arguments: seeds)
  func heroine(seed: UInt64) throws {
    let coffee = try Coffee(seed: seed)
    let own = coffee.events.filter { coffee.account(of: $0) == "C-0001" }
    let registered = try #require(own.first { $0.type == "customer.registered" })
    #expect(registered.text("name") == "Nguyễn Thị Hương Giang")
    #expect(ParsedEvent.email(registered.ids["email"] ?? "") == "huong.giang@example.vn")
    #expect(registered.ids["phone"] == "0901 234 567")
    let orders = own.filter { $0.type == "order.placed" }
    #expect(orders.flatMap(\.items).map(\.sku) == ["ARA-500", "ARA-500", "ARA-500"])
    #expect(orders.flatMap(\.items).map(\.quantity) == [3, 2, 5])
    #expect(orders.compactMap { $0.number("total") }.reduce(0, +) == 1_850_000)
    #expect(orders.map(\.localDay) == ["2026-01-17", "2026-02-14", "2026-03-05"])
    #expect(orders[1].ids == ["phone": "0901 234 567"] && orders[1].key.source == "pos-hcm-01")
    #expect(Set(own.compactMap { $0.ids["anonymous_id"] }).count == 2)
    #expect(own.filter { $0.type == "email.opened" }.map(\.localDay) == ["2026-03-10"])
    #expect(own.filter { $0.type == "ticket.opened" }.map(\.localDay) == ["2026-03-18"])
  }

  @Test("300 visitors come in addition, and nothing happens outside October to March", arguments: seeds)
  func visitors(seed: UInt64) throws {
    let recording = try Recording.coffee(seed: seed)
    let visitors = recording.truth.filter { $0.person >= 1000 }
    #expect(Set(visitors.map(\.person)).count == 300)
    let events = try recording.events()
    #expect(events.allSatisfy { ("2025-10-01"..."2026-03-31").contains($0.localDay) })
    #expect(Set(events.map(\.key)).count == events.count)
    let visitorKeys = Set(visitors.map(\.key))
    #expect(events.filter { visitorKeys.contains($0.key) }.allSatisfy { Set($0.ids.keys) == ["anonymous_id"] })
  }
}
