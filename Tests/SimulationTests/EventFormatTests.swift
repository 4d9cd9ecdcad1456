import Foundation
import Simulation
import Testing

@Suite("Events follow the vocabulary")
struct EventFormatTests {
  /// Every type of the vocabulary that the simulation sends, with its required data fields.
  private static let required: [String: [String]] = [
    "customer.registered": [], "customer.updated": [], "consent.changed": ["channel", "granted"],
    "page.viewed": ["url"], "product.viewed": ["sku"], "products.searched": ["query"],
    "cart.item_added": ["cart_id", "sku", "quantity"], "cart.item_removed": ["cart_id", "sku", "quantity"],
    "checkout.started": ["cart_id"], "order.placed": ["order_id", "currency", "total", "items"],
    "order.confirmed": ["order_id"], "order.packed": ["order_id"], "order.delivered": ["order_id"],
    "order.paid": ["order_id", "amount", "currency"], "order.shipped": ["order_id"],
    "order.cancelled": ["order_id"], "order.returned": ["order_id"],
    "order.refunded": ["order_id", "amount", "currency"], "order.incident_reported": ["order_id", "kind"],
    "email.sent": ["message_id"], "email.delivered": ["message_id"], "email.opened": ["message_id"],
    "email.clicked": ["message_id"], "email.bounced": ["message_id"], "email.complained": ["message_id"],
    "email.unsubscribed": ["message_id"], "message.sent": ["message_id"], "message.delivered": ["message_id"],
    "message.clicked": ["message_id"], "message.failed": ["message_id"], "ticket.opened": ["ticket_id"],
    "ticket.assigned": ["ticket_id"], "ticket.replied": ["ticket_id"], "ticket.resolved": ["ticket_id"],
    "ticket.reopened": ["ticket_id"], "ticket.rated": ["ticket_id", "score"],
    "survey.answered": ["survey_id", "score"], "lead.captured": [],
  ]
  private static let channels: Set = [
    "web", "app", "pos", "marketplace", "social", "chat", "email", "sms", "push", "phone", "support", "crm",
  ]
  private static let identifiers: Set = [
    "customer_id", "email", "phone", "loyalty_id", "marketplace_id", "social_id", "anonymous_id",
  ]

  private static func big() throws -> Recording {
    try .shop { ($0.customers, $0.days) = (3000, 120) }
  }

  @Test("Every line is a JSON object with the envelope and the required data of its type")
  func envelopes() throws {
    var seen: Set<String> = []
    for event in try Self.big().events() {
      let fields = try #require(Self.required[event.type], "\(event.type) is not in the vocabulary")
      seen.insert(event.type)
      #expect(Self.channels.contains(event.channel))
      #expect(Self.identifiers.isSuperset(of: event.ids.keys))
      #expect(fields.allSatisfy { event.data[$0] != nil }, "\(event.key) lacks one of \(fields)")
      let speaksOfEntity = event.data["order_id"] != nil || event.data["ticket_id"] != nil
      #expect(!event.ids.isEmpty || speaksOfEntity, "\(event.key) says of nobody")
    }
    #expect(seen == Set(Self.required.keys))
  }

  @Test("Lines are minified, hold no escape, and have their keys in the order of the envelope")
  func keyOrder() throws {
    let order = ["{\"id\":", ",\"type\":", ",\"time\":", ",\"source\":", ",\"channel\":", ",\"data\":{"]
    for line in try Recording.shop().lines {
      let text = String(decoding: line, as: UTF8.self)
      var rest = text[...]
      for key in order {
        let place = try #require(rest.range(of: key), "\(key) in \(text)")
        rest = rest[place.upperBound...]
      }
      #expect(text.hasPrefix("{\"id\":") && !text.contains("\\") && !text.contains("\n"))
      #expect(!text.contains("\": ") && !text.contains(", \""))
      #expect(text.precomposedStringWithCanonicalMapping.utf8.elementsEqual(line))
    }
  }

  @Test("An order's total is the sum of its items, less the discount, plus shipping")
  func totals() throws {
    for event in try Self.big().events() where event.type == "order.placed" {
      let items = event.items.reduce(0) { $0 + $1.quantity * $1.price }
      let shipping = event.data["shipping"] as? [String: Any]
      let expected = items - (event.number("discount") ?? 0) + (shipping?["amount"] as? Int ?? 0)
      #expect(event.number("total") == expected && expected > 0)
      #expect(event.number("subtotal") == items)
      #expect(event.items.allSatisfy { $0.quantity > 0 && $0.price > 0 && !$0.sku.isEmpty })
    }
  }

  @Test("Tills send version 1 of orders; web shop and marketplaces send version 2, whose lines add up")
  func versions() throws {
    var seen: [String: Set<Int>] = [:]
    for event in try Self.big().events() {
      seen[event.type == "order.placed" ? event.channel : "others", default: []].insert(event.version)
      guard event.type == "order.placed", event.version == 2 else { continue }
      let lines = try #require(event.data["items"] as? [[String: Any]])
      #expect(lines.reduce(0) { $0 + ($1["discount"] as? Int ?? 0) } == event.number("discount") ?? 0)
      for line in lines {
        let amount = (line["quantity"] as? Int ?? 0) * (line["price"] as? Int ?? 0)
        #expect((0..<amount).contains(line["discount"] as? Int ?? 0))
        #expect((line["tax"] != nil) == (event.channel == "web"))
      }
      let shipping = try #require(event.data["shipping"] as? [String: Any])
      #expect(shipping["method"] is String && shipping["amount"] is Int)
    }
    #expect(seen == ["web": [2], "marketplace": [2], "pos": [1], "others": [1]])
  }

  @Test("Refunds are never above the total of an order that was placed")
  func refunds() throws {
    let events = try Self.big().events()
    var totals: [String: Int] = [:]
    for event in events where event.type == "order.placed" {
      let order = try #require(event.text("order_id"))
      totals[order] = event.number("total")
    }
    for event in events where event.type == "order.refunded" {
      let order = try #require(event.text("order_id"))
      let total = try #require(totals[order], "\(order) was never placed")
      let amount = try #require(event.number("amount"))
      #expect(amount <= total)
    }
  }

  @Test("Event ids are unique within their source, and order ids are unique")
  func uniqueIds() throws {
    let events = try Recording.shop { ($0.repeats, $0.customers) = (0, 2000) }.events()
    #expect(Set(events.map(\.key)).count == events.count)
    let orders = events.filter { $0.type == "order.placed" }.compactMap { $0.text("order_id") }
    #expect(Set(orders).count == orders.count)
    #expect(orders.count > 100)
  }
}
