/// A ticket that the scenario is going to open.
private struct PlannedTicket {
  var person: Int
  var opened: Milliseconds
  var ending: Ending
  var order: Order?

  enum Ending {
    case resolvedInTime
    case resolvedLate
    case reopened
    case open
  }
}

extension CoffeeScenario {
  /// 15 tickets of the week and 20 of others, by 35 people, numbered in the order of time.
  mutating func openTickets() {
    let writers = random.shuffled(1..<Self.buyers)
    var tickets = [heroineTicket()]
    for person in writers[0..<9] { tickets.append(weekTicket(person, .resolvedInTime)) }
    for person in writers[9..<11] { tickets.append(weekTicket(person, .resolvedLate)) }
    tickets.append(weekTicket(writers[11], .reopened))
    for person in writers[12..<14] { tickets.append(weekTicket(person, .open)) }
    for person in writers[14..<34] {
      let day = random.chance(500) ? random.between(-15 ... -1) : random.between(0...12)
      let ending: PlannedTicket.Ending = random.chance(700) ? .resolvedInTime : .resolvedLate
      tickets.append(PlannedTicket(person: person, opened: moment(onDay: day), ending: ending))
    }
    tickets.sort { ($0.opened, $0.person) < ($1.opened, $1.person) }
    for ticket in tickets { play(ticket) }
  }

  /// Monday 16 to Sunday 22 March are the days 15 to 21.
  private mutating func weekTicket(_ person: Int, _ ending: PlannedTicket.Ending) -> PlannedTicket {
    PlannedTicket(person: person, opened: moment(onDay: random.between(15...21)), ending: ending)
  }

  private func heroineTicket() -> PlannedTicket {
    let order = plans.last { $0.order.person == Self.heroine }?.order
    return PlannedTicket(
      person: Self.heroine, opened: CivilDate(year: 2026, month: 3, day: 18).at(10, 5), ending: .resolvedInTime,
      order: order)
  }

  private mutating func play(_ ticket: PlannedTicket) {
    lastTicket += 1
    let number = lastTicket
    let person = ticket.person
    let marks: Marks = person == Self.heroine || random.chance(500) ? .email : .customer
    composer.ticketOpened(number, person, marks, from: .helpDesk, order: ticket.order, at: ticket.opened)
    composer.ticketChanged("ticket.assigned", number, person, at: ticket.opened + 20 * .minute)
    composer.ticketChanged("ticket.replied", number, person, by: "agent", at: ticket.opened + 50 * .minute)
    if random.chance(500) {
      composer.ticketChanged("ticket.replied", number, person, by: "customer", at: ticket.opened + 80 * .minute)
    }
    conclude(ticket, number)
  }

  private mutating func conclude(_ ticket: PlannedTicket, _ number: Int) {
    let hours: ClosedRange<Int>
    switch ticket.ending {
    case .open: return
    case .resolvedInTime: hours = 2...46
    case .resolvedLate, .reopened: hours = 55...110
    }
    let resolved = ticket.opened + Milliseconds(random.between(hours)) * .hour
    composer.ticketChanged("ticket.resolved", number, ticket.person, at: resolved)
    if ticket.ending == .reopened {
      composer.ticketChanged("ticket.reopened", number, ticket.person, at: resolved + 7 * .hour)
    } else if random.chance(400) {
      composer.ticketRated(number, ticket.person, at: resolved + 2 * .hour)
    }
  }
}
