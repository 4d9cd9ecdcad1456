package import Events

/// One person: the combination of their identifiers' states and of the entities that belong to them.
///
/// It is a pure function of those states, so regrouping identifiers rebuilds it and never refolds events.
/// Times are in microseconds since 1970.
package struct Person: Hashable, Sendable {
  package struct Contact: Hashable, Sendable {
    package let identifier: Identifier
    package let firstSeen, lastSeen: Int64
  }

  package enum Stage: UInt8, Sendable, CaseIterable {
    case visitor = 0, lead, customer, repeatCustomer
  }

  /// Strongest first, then the one seen first.
  package var contacts: [Contact] = []
  package var stage = Stage.visitor
  /// By field, as JSON text.
  package var traits: [String: String] = [:]
  package var consent: [String: Bool] = [:]
  package var orders = OrderFigures()
  package var visits = 0
  package var lastVisit: Int64?
  package var email = EmailFigures()
  package var ticketsOpen = 0
  package var ticketsResolved = 0
  /// Events by channel and by store.
  package var channels: [String: Int] = [:]
  package var stores: [String: Int] = [:]
  package var events = 0
  package var firstSeen: Int64 = 0
  package var lastSeen: Int64 = 0
  package var products: [String: ProductFigures] = [:]

  package init() {}
}

/// E-mails by message, not by event: a message opened twice counts once.
package struct EmailFigures: Hashable, Sendable {
  package var sent = 0
  package var delivered = 0
  /// By the person; opens by machines are left out.
  package var opened = 0
  package var clicked = 0
  package var bounced = 0
  package var lastSent: Int64?
  package var lastOpened: Int64?

  package init() {}
}

/// A person's orders. Amounts are kept by currency.
package struct OrderFigures: Hashable, Sendable {
  package struct Amounts: Hashable, Sendable {
    /// Totals of placed orders that were not cancelled, in minor units.
    package var gross: Int64 = 0
    /// Refunds on them, and credit notes.
    package var refunded: Int64 = 0
    /// Net of the orders that count minus credits that name no order, never below zero.
    package var net: Int64 = 0

    package init() {}
  }

  /// Orders that count: placed, not cancelled, not fully returned or refunded.
  package var count = 0
  package var placed = 0
  package var cancelled = 0
  /// Of the orders that count.
  package var first: Int64?
  package var last: Int64?
  package var amounts: [Currency: Amounts] = [:]

  package init() {}
}

/// What a person bought of one product, in orders that count.
package struct ProductFigures: Hashable, Sendable {
  package var units: ExactDecimal = .zero
  package var orders = 0
  package var last: Int64 = 0
  package var name: String?

  package init() {}
}
