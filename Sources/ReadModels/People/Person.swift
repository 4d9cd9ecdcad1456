package import Events

/// One person: the combination of their identifiers' states and of the entities that belong to them.
///
/// It is a pure function of those states, so regrouping identifiers rebuilds it and never refolds events.
/// Times are in microseconds since 1970.
package struct Person: Hashable, Sendable {
  /// One identifier of the person, and when events carried it.
  package struct Contact: Hashable, Sendable {
    package let identifier: Identifier
    /// The greatest and the least number for one that only decisions name.
    package let firstSeen, lastSeen: Int64
  }

  /// Where the person is on the way from visitor to repeat customer; see `PersonBuilder`. Storage format.
  package enum Stage: UInt8, Sendable, CaseIterable {
    case visitor = 0
    case lead, customer, repeatCustomer
  }

  /// Strongest first, then the one seen first.
  package var contacts: [Contact] = []
  package var stage = Stage.visitor
  /// What they ordered, by time and value; empty where it was read from a row of a form that did not keep it.
  package internal(set) var purchases = PurchaseHistory()
  var traitValues = NamedValues<String>()
  var consentWords = Consents()
  package var orders = OrderFigures()
  package var visits = 0
  /// When the last visit began.
  package var lastVisit: Int64?
  package var email = EmailFigures()
  package var ticketsOpen = 0
  package var ticketsResolved = 0
  var channelCounts = NameCounts()
  var storeCounts = NameCounts()
  /// Events anchored on one of the identifiers.
  package var events = 0
  /// Over all events that carry one of the identifiers.
  package var firstSeen: Int64 = 0
  package var lastSeen: Int64 = 0
  var productFigures = NamedValues<ProductFigures>()
  var categoryFigures = NamedValues<CategoryFigures>()
  /// Orders that campaigns are credited with: by the bytes of campaign and variant, those without a variant first.
  package var attributed: [AttributedOrders] = []
  /// Events anchored on one of the identifiers that are of types that need no schema.
  package internal(set) var custom = CustomEvents()

  package init() {}

  /// By field, as JSON text. Each of these dictionaries is made anew when it is asked for.
  package var traits: [String: String] { traitValues.dictionary }
  /// Whether the person agreed to be reached, by channel: the newest word on it, at whatever address.
  package var consent: [String: Bool] { consentWords.newestByChannel }
  /// The same for each channel and address with its history, newest word first.
  package var consents: [Consent] { consentWords.newestFirst }
  /// Events anchored on one of the identifiers, by channel.
  package var channels: [String: Int] { channelCounts.dictionary }
  /// The same by store.
  package var stores: [String: Int] { storeCounts.dictionary }
  /// By article number.
  package var products: [String: ProductFigures] { productFigures.dictionary }
  /// By the category of items, as orders name it.
  package var categories: [String: CategoryFigures] { categoryFigures.dictionary }
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
  /// Sums in the minor units of one currency.
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
  /// All that were placed, cancelled or not.
  package var placed = 0
  package var cancelled = 0
  /// When the first and the last of the orders that count were placed.
  package var first: Int64?
  package var last: Int64?
  package var amounts: [Currency: Amounts] = [:]

  package init() {}
}
