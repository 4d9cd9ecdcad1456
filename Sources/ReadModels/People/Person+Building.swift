import Events

extension Person {
  /// Combines the states of a person's identifiers and of the entities that they own. O(states).
  ///
  /// `strength` ranks identifier types: 0 is the strongest.
  package init(
    identifiers: [IdentifierState], orders: [OrderState], tickets: [TicketState], messages: [MessageState],
    credits: [CreditState], strength: (String) -> Int
  ) {
    combine(identifiers, strength)
    for order in orders { add(order) }
    subtract(credits)
    for message in messages where message.isEmail { add(message) }
    for ticket in tickets {
      if ticket.isResolved { ticketsResolved += 1 } else { ticketsOpen += 1 }
    }
    stage = stage(identifiers)
  }

  private mutating func combine(_ identifiers: [IdentifierState], _ strength: (String) -> Int) {
    guard var all = identifiers.first else { return }
    for other in identifiers.dropFirst() { all.merge(other) }
    contacts = identifiers.map { Contact(identifier: $0.identifier, firstSeen: $0.firstSeen, lastSeen: $0.lastSeen) }
      .sorted { Self.isStronger($0, $1, strength) }
    traits = all.traits.values
    consent = all.consent.compactMapValues(\.value)
    visits = all.visits.count
    lastVisit = all.visits.starts.max()
    channels = all.channels
    stores = all.stores
    events = all.events
    firstSeen = all.firstSeen
    lastSeen = all.lastSeen
  }

  /// Whether a contact comes before another: by strength of its type, then first seen, then value. The first of a
  /// person's contacts gives the person's id.
  package static func isStronger(_ a: Contact, _ b: Contact, _ strength: (String) -> Int) -> Bool {
    let (rankA, rankB) = (strength(a.identifier.type), strength(b.identifier.type))
    if rankA != rankB { return rankA < rankB }
    if a.firstSeen != b.firstSeen { return a.firstSeen < b.firstSeen }
    return a.identifier.value.utf8.lexicographicallyPrecedes(b.identifier.value.utf8)
  }

  private mutating func add(_ order: OrderState) {
    guard let total = order.total, let refunded = order.refunded, let net = order.net else { return }
    orders.placed += 1
    if order.status == .cancelled {
      orders.cancelled += 1
    } else {
      orders.amounts[total.currency, default: .init()].gross &+= total.minorUnits
      orders.amounts[total.currency, default: .init()].refunded &+= refunded.minorUnits
    }
    guard order.counts else { return }
    orders.count += 1
    orders.first.keepEarliest(order.placedAt)
    orders.last.keepLatest(order.placedAt)
    orders.amounts[total.currency, default: .init()].net &+= net.minorUnits
    addProducts(of: order)
  }

  private mutating func addProducts(of order: OrderState) {
    let items = order.placed?.value.items ?? []
    for (sku, quantity) in OrderState.quantities(items) {
      var figures = products[sku] ?? .init()
      do { figures.units = try figures.units.adding(quantity) } catch { continue }
      figures.orders += 1
      let placed = order.placedAt ?? 0
      if placed >= figures.last || figures.name == nil {
        figures.name = items.first { $0.sku == sku && $0.name != nil }?.name ?? figures.name
      }
      figures.last = max(figures.last, placed)
      products[sku] = figures
    }
  }

  /// Credits that name no order lessen the net value, which never falls below zero.
  private mutating func subtract(_ credits: [CreditState]) {
    for credit in credits where credit.orderID == nil {
      guard let amount = credit.amount?.value else { continue }
      orders.amounts[amount.currency, default: .init()].refunded &+= amount.minorUnits
      orders.amounts[amount.currency, default: .init()].net &-= amount.minorUnits
    }
    orders.amounts = orders.amounts.mapValues { amounts in
      var floored = amounts
      floored.net = max(0, amounts.net)
      return floored
    }
  }

  private mutating func add(_ message: MessageState) {
    if message.steps[.sent] != nil { email.sent += 1 }
    if message.steps[.delivered] != nil { email.delivered += 1 }
    if message.steps[.opened] != nil { email.opened += 1 }
    if message.steps[.clicked] != nil { email.clicked += 1 }
    if message.steps[.bounced] != nil { email.bounced += 1 }
    email.lastSent.keepLatest(message.steps[.sent])
    email.lastOpened.keepLatest(message.lastOpenedAt)
  }

  private func stage(_ identifiers: [IdentifierState]) -> Stage {
    if orders.count >= 2 { return .repeatCustomer }
    if orders.count == 1 { return .customer }
    let isKnown = identifiers.contains { $0.isLead || $0.identifier.type != "anonymous_id" }
    return isKnown ? .lead : .visitor
  }
}
