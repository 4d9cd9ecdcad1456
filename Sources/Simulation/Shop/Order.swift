/// Some of one product.
struct OrderLine {
  var product: Int
  var quantity: Int

  /// In whole dong.
  var amount: Int { Catalogue.products[product].price * quantity }
}

/// An order as it was placed. Amounts are in whole dong.
struct Order {
  var number: Int
  var person: Int
  var venue: Venue
  var lines: [OrderLine]
  var discount = 0
  var shipping = 0
  var coupon: StaticString?
  var campaign: Campaign?
  var cart: Int?
  var paysOnDelivery = false

  var subtotal: Int { lines.reduce(0) { $0 + $1.amount } }
  var total: Int { subtotal - discount + shipping }

  /// The discount, shared among the lines by their amounts; the last one takes what rounding leaves.
  var lineDiscounts: [Int] {
    var shares = lines.map { discount * $0.amount / subtotal }
    shares[shares.count - 1] += discount - shares.reduce(0, +)
    return shares
  }

  enum Venue {
    case web
    case store(Int)
    case marketplace(Int)

    var isWeb: Bool {
      if case .web = self { true } else { false }
    }

    var isStore: Bool {
      if case .store = self { true } else { false }
    }
  }

  /// What can happen to an order after it was placed.
  enum Step {
    case paid
    case confirmed
    case packed
    case shipped
    case delivered
    case cancelled
    case incident
    case returned
    case refunded
    case refundedPartly
  }
}

extension Order {
  /// The usual way of an order that reaches its buyer.
  var usualSteps: [Step] {
    switch venue {
    case .store: [.paid, .delivered]
    case .marketplace: [.paid, .packed, .shipped, .delivered]
    case .web:
      paysOnDelivery
        ? [.confirmed, .packed, .shipped, .paid, .delivered] : [.paid, .confirmed, .packed, .shipped, .delivered]
    }
  }

  /// The system that tells about a step.
  func origin(of step: Step) -> Origin {
    switch venue {
    case .store(let store): return Places.stores[store]
    case .marketplace(let marketplace): return Places.marketplaces[marketplace].origin
    case .web: break
    }
    switch step {
    case .paid: return paysOnDelivery ? .carrier : .payments
    case .shipped, .delivered, .incident: return .carrier
    case .confirmed, .packed, .returned: return .warehouse
    case .cancelled: return .web
    case .refunded, .refundedPartly: return .payments
    }
  }

  /// The system that took the order.
  var placedAt: Origin {
    switch venue {
    case .web: .web
    case .store(let store): Places.stores[store]
    case .marketplace(let marketplace): Places.marketplaces[marketplace].origin
    }
  }
}
