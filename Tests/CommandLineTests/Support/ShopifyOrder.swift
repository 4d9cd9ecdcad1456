import Foundation

/// An order of a Shopify shop and the notifications that its life sends: each body is what the order, a refund or a
/// fulfillment was when it was sent.
struct ShopifyOrder {
  /// One body that Shopify sends.
  struct Notification {
    let topic: String
    /// When it was sent, in minutes after the order was placed; several can be of one time.
    let minute: Int
    let body: [String: Any]

    var isOrder: Bool { topic.hasPrefix("orders/") }
  }

  private struct Line {
    let id: Int
    let sku: String
    let price: Int
    var quantity: Int
    let discount: Int
    /// How many units can still be given back.
    var left: Int
  }

  private struct Refund {
    let id: Int
    let minute: Int
    let amount: Int
    let lines: [(line: Line, quantity: Int, restock: String)]
  }

  let id = 5_890_123_456_789_012_345
  private(set) var notifications: [Notification] = []
  private var random: SeededGenerator
  private var lines: [Line] = []
  private var (shipping, tax) = (0, 0)
  private var refunds: [Refund] = []
  private var fulfillments: [[String: Any]] = []
  private var isPaid = false
  private var minute = 0

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
    for number in 1...Int.random(in: 1...4, using: &random) {
      let quantity = Int.random(in: 1...3, using: &random)
      let price = Int.random(in: 1...40, using: &random) * 5_000
      let discount = Bool.random(using: &random) ? price / 10 : 0
      lines.append(
        Line(
          id: 9_155_012_345_678_901_000 + number, sku: "SKU-\(number)", price: price, quantity: quantity,
          discount: discount, left: quantity))
    }
    shipping = [0, 30_000].randomElement(using: &random) ?? 0
    tax = Int.random(in: 0...1, using: &random) * 12_345
    live()
  }

  /// The order is created, and then lives in some order of events, one or more of each.
  private mutating func live() {
    send("orders/create")
    var steps = ["paid", "updated", "fulfilled", "refund", "refund", "updated"].shuffled(using: &random)
    if Bool.random(using: &random) { steps.removeLast() }
    for step in steps {
      // What follows at once bears the same second.
      if Int.random(in: 0..<4, using: &random) > 0 { minute += Int.random(in: 1...600, using: &random) }
      switch step {
      case "paid":
        isPaid = true
        send("orders/paid")
      case "updated": update()
      case "fulfilled": fulfill()
      default: refund()
      }
    }
  }

  /// Before an order is paid it can be changed.
  private mutating func update() {
    if !isPaid, refunds.isEmpty {
      minute += 1
      lines[0].quantity += 1
      lines[0].left += 1
    }
    send("orders/updated")
  }

  private mutating func fulfill() {
    minute += 1
    let time = Self.time(minute)
    fulfillments.append([
      "id": 4_712_000_001, "order_id": id, "status": "success", "created_at": time, "updated_at": time,
      "tracking_company": "Giao Hàng Nhanh", "tracking_number": "GHN1", "tracking_numbers": ["GHN1"],
      "line_items": lines.map { body(of: $0) },
    ])
    notifications.append(Notification(topic: "fulfillments/create", minute: minute, body: fulfillments[0]))
    send("orders/fulfilled")
  }

  private mutating func refund() {
    minute += 1
    let all = Int.random(in: 0..<3, using: &random) == 0
    var back: [(line: Line, quantity: Int, restock: String)] = []
    var amount = 0
    for index in lines.indices {
      let quantity = all ? lines[index].left : Int.random(in: 0...lines[index].left, using: &random)
      guard quantity > 0 else { continue }
      lines[index].left -= quantity
      amount += quantity * lines[index].price
      back.append((lines[index], quantity, ["return", "no_restock"].randomElement(using: &random) ?? "return"))
    }
    guard !back.isEmpty else { return }
    refunds.append(
      Refund(id: 930_011_000_000 + refunds.count, minute: minute, amount: min(amount, total - refunded), lines: back))
    notifications.append(
      Notification(topic: "refunds/create", minute: minute, body: body(of: refunds[refunds.count - 1])))
    send("orders/updated")
  }

  private mutating func send(_ topic: String) {
    notifications.append(Notification(topic: topic, minute: minute, body: snapshot))
  }

  private var subtotal: Int { lines.reduce(0) { $0 + $1.price * $1.quantity } }
  private var discounts: Int { lines.reduce(0) { $0 + $1.discount } }
  private var total: Int { subtotal - discounts + shipping }
  private var refunded: Int { refunds.reduce(0) { $0 + $1.amount } }

  private static func time(_ minute: Int) -> String {
    let day = 1 + minute / 1_440
    return String(format: "2025-03-%02d", day) + String(format: "T%02d:%02d:00+07:00", minute / 60 % 24, minute % 60)
  }

  private func money(_ amount: Int) -> String { "\(amount).00" }

  private func body(of line: Line) -> [String: Any] {
    [
      "id": line.id, "variant_id": 44_000 + line.id % 1_000, "title": line.sku, "name": line.sku, "sku": line.sku,
      "quantity": line.quantity, "price": money(line.price), "total_discount": money(line.discount),
      "discount_allocations": line.discount > 0 ? [["amount": money(line.discount)]] : [], "tax_lines": [],
    ]
  }

  private func body(of refund: Refund) -> [String: Any] {
    [
      "id": refund.id, "order_id": id, "created_at": Self.time(refund.minute), "processed_at": Self.time(refund.minute),
      "note": "hỏng", "order_adjustments": [],
      "transactions": [
        ["id": refund.id + 1, "kind": "refund", "status": "success", "amount": money(refund.amount), "currency": "VND"]
      ],
      "refund_line_items": refund.lines.map { entry in
        [
          "id": entry.line.id + 7, "line_item_id": entry.line.id, "quantity": entry.quantity,
          "restock_type": entry.restock, "subtotal": money(entry.quantity * entry.line.price), "total_tax": "0.00",
          "line_item": body(of: entry.line),
        ] as [String: Any]
      },
    ]
  }

  private var financialStatus: String {
    if refunded >= total, refunded > 0 { return "refunded" }
    if !isPaid { return "pending" }
    return refunded > 0 ? "partially_refunded" : "paid"
  }

  private var snapshot: [String: Any] {
    [
      "id": id, "admin_graphql_api_id": "gid://shopify/Order/\(id)", "order_number": 1207, "name": "#1207",
      "created_at": Self.time(0), "processed_at": Self.time(0), "updated_at": Self.time(minute), "currency": "VND",
      "email": "an@example.vn", "financial_status": financialStatus,
      "fulfillment_status": fulfillments.isEmpty ? NSNull() : "fulfilled", "source_name": "web",
      "total_price": money(total), "total_line_items_price": money(subtotal), "total_discounts": money(discounts),
      "total_tax": money(tax), "total_outstanding": money(isPaid ? 0 : total),
      "line_items": lines.map { body(of: $0) },
      "shipping_lines": shipping > 0 ? [["title": "Giao nhanh", "price": money(shipping)]] : [],
      "payment_gateway_names": ["momo"], "fulfillments": fulfillments, "refunds": refunds.map { body(of: $0) },
      "customer": ["id": 7_412_093_385_512_960_001, "email": "an@example.vn", "created_at": Self.time(0)],
    ]
  }
}

/// What an order must be by what a set of notifications says, computed from their bodies alone.
struct ExpectedOrder {
  let total: Int
  let refunded: Int
  let status: String
  /// SKU and quantity.
  let items: [String]
  /// What was paid; nil where no notification says so.
  let paid: Int?

  /// The latest body of the order tells what it is; refunds and parcels are all that any body tells of.
  init(_ notifications: [ShopifyOrder.Notification]) {
    let orders = notifications.filter(\.isOrder)
    let latest = orders.last?.body ?? [:]
    total = Self.amount(latest["total_price"])
    let lines = latest["line_items"] as? [[String: Any]] ?? []
    items = lines.map { "\($0["sku"] ?? "") \($0["quantity"] ?? "")" }
    var refunds: [Int: [String: Any]] = [:]
    var isShipped = false
    for notification in notifications {
      let body = notification.body
      let told = notification.topic == "refunds/create" ? [body] : body["refunds"] as? [[String: Any]] ?? []
      for refund in told { refunds[refund["id"] as? Int ?? 0] = refund }
      let parcels = body["fulfillments"] as? [[String: Any]] ?? []
      isShipped = isShipped || notification.topic == "fulfillments/create" || !parcels.isEmpty
    }
    refunded = refunds.values.flatMap { $0["transactions"] as? [[String: Any]] ?? [] }
      .reduce(0) { $0 + Self.amount($1["amount"]) }
    var returned: [String: Int] = [:]
    for line in refunds.values.flatMap({ $0["refund_line_items"] as? [[String: Any]] ?? [] }) {
      guard line["restock_type"] as? String == "return", let item = line["line_item"] as? [String: Any] else {
        continue
      }
      returned[item["sku"] as? String ?? "", default: 0] += line["quantity"] as? Int ?? 0
    }
    let isReturned = lines.allSatisfy {
      returned[$0["sku"] as? String ?? "", default: 0] >= $0["quantity"] as? Int ?? 0
    }
    status = isReturned ? "returned" : refunded >= total ? "refunded" : isShipped ? "shipped" : "placed"
    let paid = orders.last {
      ["paid", "partially_refunded", "refunded"].contains($0.body["financial_status"] as? String)
    }
    self.paid = paid.map { Self.amount($0.body["total_price"]) }
  }

  private static func amount(_ value: Any?) -> Int { Int((value as? String ?? "").prefix { $0 != "." }) ?? 0 }
}
