extension Shop {
  /// Writes the whole life of a ticket. People without an account or an address write by chat.
  mutating func openTicket(_ person: Int, after order: Order?, at time: Milliseconds) {
    guard let (marks, origin) = voice(of: person) else { return }
    lastTicket += 1
    let ticket = lastTicket
    composer.ticketOpened(ticket, person, marks, from: origin, order: order, at: time)
    var now = time + Milliseconds(random.between(2...90)) * .minute
    composer.ticketChanged("ticket.assigned", ticket, person, at: now)
    for round in 0..<random.atLeastOne(mean: 2) {
      now += random.wait(mean: 5 * .hour) + .minute
      let by: StaticString = round % 2 == 0 ? "agent" : "customer"
      composer.ticketChanged("ticket.replied", ticket, person, by: by, at: now)
    }
    if random.chance(100) { return }
    now += random.wait(mean: 12 * .hour) + .minute
    composer.ticketChanged("ticket.resolved", ticket, person, at: now)
    concludeTicket(ticket, person, at: now)
  }

  private mutating func concludeTicket(_ ticket: Int, _ person: Int, at time: Milliseconds) {
    var now = time
    if random.chance(70) {
      now += random.wait(mean: .day) + .minute
      composer.ticketChanged("ticket.reopened", ticket, person, at: now)
      now += random.wait(mean: .day) + .minute
      composer.ticketChanged("ticket.resolved", ticket, person, at: now)
    }
    if random.chance(350) { composer.ticketRated(ticket, person, at: now + random.wait(mean: 6 * .hour)) }
  }

  /// How a person is known to the help desk; nil for those who cannot be answered.
  private mutating func voice(of index: Int) -> (Marks, Origin)? {
    let person = composer.people[index]
    if person.traits.contains(.hasAccount) { return (random.chance(500) ? .customer : .email, .helpDesk) }
    switch person.kind {
    case .guest, .subscriber: return (.email, .helpDesk)
    case .storePhone: return (.phone, .helpDesk)
    case .marketplace: return (.marketplace, Places.marketplaces[Int(person.marketplace)].origin)
    case .social: return (.social, person.secret & 1 == 0 ? .social : .chat)
    case .visitor, .storeCard, .registered: return nil
    }
  }
}
