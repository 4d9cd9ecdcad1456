import JSON

/// The event types that folds tell apart; all others count as activity only.
package enum EventType: String, CaseIterable, Sendable {
  case customerRegistered = "customer.registered"
  case customerUpdated = "customer.updated"
  case consentChanged = "consent.changed"
  case pageViewed = "page.viewed"
  case productViewed = "product.viewed"
  case productsSearched = "products.searched"
  case cartItemAdded = "cart.item_added"
  case cartItemRemoved = "cart.item_removed"
  case checkoutStarted = "checkout.started"
  case orderPlaced = "order.placed"
  case orderConfirmed = "order.confirmed"
  case orderPacked = "order.packed"
  case orderDelivered = "order.delivered"
  case orderPaid = "order.paid"
  case orderShipped = "order.shipped"
  case orderCancelled = "order.cancelled"
  case orderReturned = "order.returned"
  case orderRefunded = "order.refunded"
  case creditIssued = "credit.issued"
  case orderIncidentReported = "order.incident_reported"
  case emailSent = "email.sent"
  case emailDelivered = "email.delivered"
  case emailOpened = "email.opened"
  case emailClicked = "email.clicked"
  case emailBounced = "email.bounced"
  case emailComplained = "email.complained"
  case emailUnsubscribed = "email.unsubscribed"
  case messageSent = "message.sent"
  case messageDelivered = "message.delivered"
  case messageOpened = "message.opened"
  case messageClicked = "message.clicked"
  case messageFailed = "message.failed"
  case ticketOpened = "ticket.opened"
  case ticketAssigned = "ticket.assigned"
  case ticketReplied = "ticket.replied"
  case ticketResolved = "ticket.resolved"
  case ticketReopened = "ticket.reopened"
  case ticketRated = "ticket.rated"
  case leadCaptured = "lead.captured"
  case identityLinked = "identity.linked"
  case identityUnlinked = "identity.unlinked"
  case identityWithdrawn = "identity.withdrawn"
  case other = ""

  init(_ name: UnsafeBufferPointer<UInt8>) { self = EventTypeNames.shared.type(of: name) }

  /// Whether the event shows a person browsing: what visits are made of.
  package var isBrowsing: Bool {
    switch self {
    case .pageViewed, .productViewed, .productsSearched, .cartItemAdded, .cartItemRemoved, .checkoutStarted: true
    default: false
    }
  }

  /// The kind of entity the event speaks of, and the field of `data` that names it.
  package var entity: (kind: EntityKind, field: StaticString)? {
    switch self {
    case .orderPlaced, .orderConfirmed, .orderPacked, .orderDelivered, .orderPaid, .orderShipped, .orderCancelled,
      .orderReturned, .orderRefunded, .orderIncidentReported:
      (.order, "order_id")
    case .creditIssued: (.credit, "credit_id")
    case .emailSent, .emailDelivered, .emailOpened, .emailClicked, .emailBounced, .emailComplained, .emailUnsubscribed,
      .messageSent, .messageDelivered, .messageOpened, .messageClicked, .messageFailed:
      (.message, "message_id")
    case .ticketOpened, .ticketAssigned, .ticketReplied, .ticketResolved, .ticketReopened, .ticketRated:
      (.ticket, "ticket_id")
    default: nil
    }
  }

  /// Whether the event begins the life of an entity of a kind: it says best to whom the entity belongs. A credit note
  /// that names an order begins the life of the credit and not of the order.
  package func begins(_ kind: EntityKind) -> Bool {
    switch self {
    case .orderPlaced: kind == .order
    case .creditIssued: kind == .credit
    case .emailSent, .messageSent: kind == .message
    case .ticketOpened: kind == .ticket
    default: false
    }
  }

  /// What an operator decided about two identifiers, for an event that says so.
  package var verdict: DecisionState.Verdict? {
    switch self {
    case .identityLinked: .linked
    case .identityUnlinked: .unlinked
    case .identityWithdrawn: .withdrawn
    default: nil
    }
  }

  /// Whether the event speaks of an e-mail.
  package var isEmail: Bool {
    switch self {
    case .emailSent, .emailDelivered, .emailOpened, .emailClicked, .emailBounced, .emailComplained, .emailUnsubscribed:
      true
    default: false
    }
  }

  /// Whether a fold may set a register by the event, and so asks for its stamp.
  var setsRegisters: Bool { !isBrowsing && self != .other && self != .leadCaptured }
}

/// What has a life of its own beside people.
package enum EntityKind: UInt8, CaseIterable, Sendable, CustomStringConvertible {
  case order = 1
  case ticket, message, credit

  package var description: String {
    switch self {
    case .order: "order"
    case .ticket: "ticket"
    case .message: "message"
    case .credit: "credit"
    }
  }
}
