extension EventComposer {
  /// The web shop and the marketplaces send version 2. The tills go on sending version 1, as tills do.
  mutating func orderPlaced(
    _ order: Order, _ marks: Marks, _ browser: Browser?, at time: Milliseconds, phoneForm: PhoneForm? = nil
  ) {
    let version = order.venue.isStore ? 1 : 2
    begin(
      "order.placed", version: version, at: time, from: order.placedAt, of: order.person, marks: marks,
      browser: browser, phoneForm: phoneForm)
    orderId(order)
    writer.text("currency", "VND")
    writer.number("total", order.total)
    if order.venue.isStore { items(order.lines) } else { detailedItems(order) }
    writer.number("subtotal", order.subtotal)
    if order.discount > 0 { writer.number("discount", order.discount) }
    if !order.venue.isStore { delivery(of: order) }
    if let coupon = order.coupon { writer.text("coupon", coupon) }
    if let campaign = order.campaign { writer.campaign("campaign", campaign) }
    if let cart = order.cart { cartId(cart) }
    finish(order.person)
  }

  /// Lines with their share of the discount; the web shop also says the tax within them.
  private mutating func detailedItems(_ order: Order) {
    writer.beginArray("items")
    for (line, discount) in zip(order.lines, order.lineDiscounts) {
      writer.element()
      writer.beginObject()
      describe(line)
      if discount > 0 { writer.number("discount", discount) }
      if order.venue.isWeb { writer.number("tax", (line.amount - discount) * 8 / 108) }
      writer.endObject()
    }
    writer.endArray()
  }

  /// What delivery costs tells how fast it is.
  private mutating func delivery(of order: Order) {
    writer.beginObject("shipping")
    let method: StaticString =
      switch order.shipping {
      case ..<20_000: "economy"
      case ..<30_000: "standard"
      default: "express"
      }
    writer.text("method", method)
    writer.number("amount", order.shipping)
    writer.endObject()
  }

  /// A later step of an order's life; it names the order and, as real systems do, usually nobody.
  mutating func orderStep(_ step: Order.Step, of order: Order, at time: Milliseconds) {
    begin(step.type, at: time, from: order.origin(of: step))
    orderId(order)
    switch step {
    case .confirmed, .packed, .delivered: break
    case .paid: payment(of: order)
    case .shipped: shipment(of: order)
    case .cancelled: pick("reason", Phrases.cancelReasons)
    case .incident: pick("kind", Phrases.incidents)
    case .returned: pick("reason", Phrases.returnReasons)
    case .refunded: refund(order, amount: order.total, lines: order.lines)
    case .refundedPartly:
      let line = order.lines[0]
      refund(order, amount: min(line.amount, order.total), lines: [line])
    }
    finish(order.person)
  }

  private mutating func payment(of order: Order) {
    writer.number("amount", order.total)
    writer.text("currency", "VND")
    let online: StaticString = wording.chance(500) ? "card" : "wallet"
    writer.text("method", order.paysOnDelivery ? "cash_on_delivery" : online)
  }

  private mutating func shipment(of order: Order) {
    pick("carrier", Phrases.carriers)
    writer.beginText("tracking")
    writer.raw("VN")
    writer.padded(order.number, width: 10)
    writer.endText()
  }

  private mutating func refund(_ order: Order, amount: Int, lines: [OrderLine]) {
    writer.number("amount", amount)
    writer.text("currency", "VND")
    items(lines)
    pick("reason", Phrases.returnReasons)
    writer.beginText("refund_id")
    writer.raw("R-")
    writer.padded(order.number, width: 8)
    writer.endText()
  }

  mutating func pick(_ name: StaticString, _ values: [StaticString]) {
    writer.text(name, values[wording.below(values.count)])
  }

  mutating func orderId(_ order: Order) {
    writer.beginText("order_id")
    switch order.venue {
    case .web: writer.raw("W")
    case .store(let store):
      if let code = Places.stores[store].store { writer.raw(code) }
    case .marketplace(let marketplace): writer.raw(Places.marketplaces[marketplace].prefix)
    }
    writer.raw("-")
    writer.padded(order.number, width: 7)
    writer.endText()
  }
}

extension Order.Step {
  var type: StaticString {
    switch self {
    case .paid: "order.paid"
    case .confirmed: "order.confirmed"
    case .packed: "order.packed"
    case .shipped: "order.shipped"
    case .delivered: "order.delivered"
    case .cancelled: "order.cancelled"
    case .incident: "order.incident_reported"
    case .returned: "order.returned"
    case .refunded, .refundedPartly: "order.refunded"
    }
  }
}
