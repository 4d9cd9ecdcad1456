import Events

/// Combines states into a person, one after the other and in any order.
///
/// The first identifier is taken over and others are merged into it, so that the many people of one identifier cost
/// little. All sums wrap around where they leave 64 bits, so that their order does not matter even then.
package struct PersonBuilder {
  private var person = Person()
  private var contacts: [(strength: Int, contact: Person.Contact)] = []
  private var traits = Traits()
  private var consents = Consents()
  private var visits = VisitSet()
  private var isKnown = false
  private var products = NamedValues<ProductTally>()
  private var categories = NamedValues<CategoryTally>()
  private var lastTouch = LastTouch()
  private var purchases = PurchaseHistory()
  private let attributionWindow: Int64

  /// - Parameter attributionWindow: how long before an order a touch may lie to be credited with it. Microseconds.
  package init(attributionWindow: Int64 = AttributionWindow.standard) {
    self.attributionWindow = attributionWindow
  }

  /// Adds an identifier of the person. `strength` ranks its type: 0 is the strongest.
  package mutating func add(_ state: IdentifierState, strength: Int) {
    let contact = state.contact
    person.firstSeen = contacts.isEmpty ? contact.firstSeen : min(person.firstSeen, contact.firstSeen)
    person.lastSeen = contacts.isEmpty ? contact.lastSeen : max(person.lastSeen, contact.lastSeen)
    contacts.append((strength, contact))
    person.events += state.events
    person.channelCounts.merge(state.channels)
    person.storeCounts.merge(state.stores)
    visits.merge(state.visits)
    traits.merge(state.traits)
    consents.merge(state.consents)
    person.custom.merge(state.custom)
    isKnown = isKnown || state.isLead || contact.identifier.type != "anonymous_id"
  }

  /// Adds an order; one that was never placed has no part in the figures.
  package mutating func add(_ order: OrderState) {
    guard let total = order.total, let refunded = order.refunded, let net = order.net else { return }
    person.orders.placed += 1
    purchases.add(order)
    if order.status == .cancelled {
      person.orders.cancelled += 1
    } else {
      person.orders.amounts[total.currency, default: .init()].gross &+= total.minorUnits
      person.orders.amounts[total.currency, default: .init()].refunded &+= refunded.minorUnits
    }
    guard order.counts else { return }
    person.orders.count += 1
    person.orders.first.keepEarliest(order.placedAt)
    person.orders.last.keepLatest(order.placedAt)
    person.orders.amounts[total.currency, default: .init()].net &+= net.minorUnits
    lastTouch.add(net, placedAt: order.placedAt ?? 0)
    addProducts(of: order)
  }

  private mutating func addProducts(of order: OrderState) {
    let items = order.placed?.value.items ?? []
    for (sku, quantity) in OrderState.quantities(items) {
      let name = items.first { $0.sku == sku && $0.name != nil }?.name
      let tally = ProductTally(quantity, name: name, in: order)
      products.update(sku, adding: tally) { $0.merge(tally) }
    }
    for item in items { addCategory(of: item, placedAt: order.placedAt ?? 0) }
  }

  /// The number of orders that count so far serves as the order's number.
  private mutating func addCategory(of item: OrderItem, placedAt time: Int64) {
    guard let category = item.category else { return }
    let (quantity, order) = (item.quantity, person.orders.count)
    categories.update(category, adding: CategoryTally(quantity, placedAt: time, order: order)) {
      $0.add(quantity, placedAt: time, order: order)
    }
  }

  /// Credits that name an order lessen that order, others the person's net value.
  package mutating func add(_ credit: CreditState) {
    guard credit.orderID == nil, let amount = credit.amount?.value else { return }
    person.orders.amounts[amount.currency, default: .init()].refunded &+= amount.minorUnits
    person.orders.amounts[amount.currency, default: .init()].net &-= amount.minorUnits
    purchases.add(PurchaseCredit(issuedAt: credit.issuedAt ?? 0, amount: amount))
  }

  /// Adds a message: figures count e-mails, and an unsubscription by message is a word on consent.
  package mutating func add(_ message: MessageState) {
    consents.merge(message.refusals)
    if message.isEmail { person.email.add(message) }
    lastTouch.add(message)
  }

  /// Adds a ticket, open or resolved.
  package mutating func add(_ ticket: TicketState) {
    if ticket.isResolved { person.ticketsResolved += 1 } else { person.ticketsOpen += 1 }
  }

  /// The person of all that was added: at least one identifier.
  package consuming func finish() -> Person {
    person.contacts = contacts.sorted { Person.isStronger($0, $1) }.map(\.contact)
    person.traitValues = traits.values
    person.consentWords = consents
    person.visits = visits.count
    person.lastVisit = visits.lastStart
    person.productFigures = products.compactMapValues(\.figures)
    person.categoryFigures = categories.compactMapValues(\.figures)
    person.orders.floorNet()
    purchases.sort()
    person.purchases = purchases
    person.attributed = lastTouch.credits(within: attributionWindow)
    person.stage = stage
    return person
  }

  /// A visitor is known by device only; a lead gave a contact point or was captured as one; one order that counts makes a
  /// customer, and two a repeat customer.
  private var stage: Person.Stage {
    if person.orders.count >= 2 { return .repeatCustomer }
    if person.orders.count == 1 { return .customer }
    return isKnown ? .lead : .visitor
  }
}

extension Person {
  /// Combines the states of a person's identifiers and of the entities that they own, in any order. O(states), and
  /// O(n log n) in the orders and touches of a person who has both.
  ///
  /// `strength` ranks identifier types: 0 is the strongest.
  package init(
    identifiers: [IdentifierState], orders: [OrderState], tickets: [TicketState], messages: [MessageState],
    credits: [CreditState], attributionWindow: Int64 = AttributionWindow.standard, strength: (String) -> Int
  ) {
    var builder = PersonBuilder(attributionWindow: attributionWindow)
    for identifier in identifiers { builder.add(identifier, strength: strength(identifier.identifier.type)) }
    for order in orders { builder.add(order) }
    for ticket in tickets { builder.add(ticket) }
    for message in messages { builder.add(message) }
    for credit in credits { builder.add(credit) }
    self = builder.finish()
  }

  /// Whether a contact comes before another: by strength of its type, then first seen, then value, then the name of the
  /// type. The first of a person's contacts gives the person's id.
  package static func isStronger(_ a: (strength: Int, contact: Contact), _ b: (strength: Int, contact: Contact)) -> Bool
  {
    if a.strength != b.strength { return a.strength < b.strength }
    if a.contact.firstSeen != b.contact.firstSeen { return a.contact.firstSeen < b.contact.firstSeen }
    let order = a.contact.identifier.value.compareBytes(with: b.contact.identifier.value)
    return order != 0 ? order < 0 : a.contact.identifier.type.compareBytes(with: b.contact.identifier.type) < 0
  }
}

extension EmailFigures {
  fileprivate mutating func add(_ message: MessageState) {
    if message.steps[.sent] != nil { sent += 1 }
    if message.steps[.delivered] != nil { delivered += 1 }
    if message.steps[.opened] != nil { opened += 1 }
    if message.steps[.clicked] != nil { clicked += 1 }
    if message.steps[.bounced] != nil { bounced += 1 }
    lastSent.keepLatest(message.steps[.sent])
    lastOpened.keepLatest(message.lastOpenedAt)
  }
}

extension OrderFigures {
  /// Credits never make a person's net value negative.
  fileprivate mutating func floorNet() {
    amounts = amounts.mapValues { amounts in
      var floored = amounts
      floored.net = max(0, amounts.net)
      return floored
    }
  }
}
