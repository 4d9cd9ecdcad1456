import Foundation
import Testing

@Suite("An order of Shopify, told by any of its notifications in any order")
struct ShopifyOrderTests {
  /// A shop that got the notifications in some order, each once or several times, with and without headers, from one file or
  /// two.
  private func shop(_ notifications: [ShopifyOrder.Notification], _ random: inout SeededGenerator) throws -> Shop {
    let shop = try Shop()
    var deliveries = notifications
    for notification in notifications where Int.random(in: 0..<3, using: &random) == 0 {
      deliveries.append(notification)
    }
    deliveries.shuffle(using: &random)
    let lines = try deliveries.map { notification in
      let recorded: [String: Any] = ["headers": ["X-Shopify-Topic": notification.topic], "body": notification.body]
      let body = Bool.random(using: &random) ? recorded : notification.body
      return String(decoding: try JSONSerialization.data(withJSONObject: body, options: .sortedKeys), as: UTF8.self)
    }
    let cut = Int.random(in: 0...lines.count, using: &random)
    for part in [lines[..<cut], lines[cut...]] where !part.isEmpty {
      let outcome = try shop.hoso("ingest", "--input", "shopify", "-", input: Array(part).joinedLines)
      try #require(outcome.status == 0, "\(outcome.text)\(outcome.errors)")
    }
    return shop
  }

  @Test("is one order, as the latest of them has it, and the read models are the same", arguments: UInt64(1)...12)
  func anyOrder(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let order = ShopifyOrder(seed: seed)
    var chosen = order.notifications.filter { _ in Bool.random(using: &random) }
    if !chosen.contains(where: \.isOrder) { chosen = [order.notifications[0]] + chosen }
    let expected = ExpectedOrder(chosen)
    let first = try shop(chosen, &random)
    let found = try first.json("order", "list").list
    let told = chosen.map { "\($0.topic) at \($0.minute)" }
    #expect(found.count == 1 && found[0]["order_id"].text == "\(order.id)", "seed \(seed): \(told)")
    #expect(found[0]["total"].text == "\(expected.total)", "seed \(seed): \(told)")
    #expect(found[0]["refunded"].text == "\(expected.refunded)", "seed \(seed): \(told)")
    #expect(found[0]["status"].text == expected.status, "seed \(seed): \(told)")
    #expect(found[0]["paid"].text == "\(expected.paid ?? 0)", "seed \(seed): \(told)")
    #expect(found[0]["placed"].text == "2025-02-28T17:00:00Z", "seed \(seed): \(told)")
    let items = try first.json("order", "show", "\(order.id)")["items"].list
    #expect(
      items.map { "\($0["sku"].text ?? "") \($0["quantity"].count ?? 0)" } == expected.items, "seed \(seed): \(told)")
    #expect(try first.count("profile") == 1)
    let second = try shop(chosen, &random)
    #expect(try second.projectionDigest() == first.projectionDigest(), "seed \(seed): \(told)")
  }
}
