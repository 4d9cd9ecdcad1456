extension EventComposer {
  mutating func ticketOpened(
    _ ticket: Int, _ person: Int, _ marks: Marks, from origin: Origin, order: Order? = nil, at time: Milliseconds
  ) {
    begin("ticket.opened", at: time, from: origin, of: person, marks: marks)
    ticketId(ticket)
    pick("subject", Phrases.ticketSubjects)
    pick("priority", Phrases.priorities)
    if let order { orderId(order) }
    finish(person)
  }

  /// Assigned, replied, resolved or reopened. `by` is who replied.
  mutating func ticketChanged(
    _ type: StaticString, _ ticket: Int, _ person: Int, by: StaticString? = nil, at time: Milliseconds
  ) {
    begin(type, at: time, from: .helpDesk)
    ticketId(ticket)
    writer.text("agent", Phrases.agents[ticket % Phrases.agents.count])
    if let by { writer.text("by", by) }
    finish(person)
  }

  mutating func ticketRated(_ ticket: Int, _ person: Int, at time: Milliseconds) {
    begin("ticket.rated", at: time, from: .helpDesk)
    ticketId(ticket)
    writer.number("score", 5 - min(wording.below(5), wording.below(5)))
    writer.number("scale", 5)
    pick("comment", Phrases.comments)
    finish(person)
  }

  private mutating func ticketId(_ ticket: Int) {
    writer.beginText("ticket_id")
    writer.raw("T-")
    writer.padded(ticket, width: 6)
    writer.endText()
  }
}
