import GeneratedEvents
import ReadModels
import Testing

@Suite("A ticket")
struct TicketTests {
  @Test("is open until it is resolved, and again once a later event reopens it")
  func resolution() throws {
    let opened = event("ticket.opened", at: 0, #"{"ticket_id":1}"#)
    let resolved = event("ticket.resolved", at: 10, #"{"ticket_id":1}"#)
    let reopened = event("ticket.reopened", at: 20, #"{"ticket_id":1}"#)
    let again = event("ticket.resolved", at: 30, #"{"ticket_id":1}"#)
    #expect(try !isResolved(opened))
    #expect(try isResolved(opened, resolved))
    #expect(try !isResolved(reopened, resolved, opened))
    #expect(try isResolved(again, reopened, resolved, opened))
  }

  @Test("counts an answer by an agent, not by the customer, as the first one")
  func answer() throws {
    let customer = event("ticket.replied", at: 5, #"{"ticket_id":1,"by":"customer"}"#)
    let agent = event("ticket.replied", at: 9, #"{"ticket_id":1,"agent":"Lan"}"#)
    let state: TicketState = try folded([agent, customer])
    #expect(state.steps[.answered] == agent.time)
    #expect(state.replies.dictionary == ["agent": 1, "customer": 1])
  }

  private func isResolved(_ events: GeneratedEvent...) throws -> Bool { (try folded(events) as TicketState).isResolved }
}

@Suite("A message")
struct MessageTests {
  @Test("opened by a machine is not opened by the person")
  func machine() throws {
    let machine = event("email.opened", at: 1, #"{"message_id":1,"machine":true}"#)
    let person = event("email.opened", at: 2, #"{"message_id":1,"machine":false}"#)
    let unread: MessageState = try folded([machine])
    #expect(unread.steps[.opened] == nil)
    #expect(unread.opens == 0)
    let read: MessageState = try folded([person, machine])
    #expect(read.steps[.opened] == person.time)
    #expect(read.lastOpenedAt == person.time)
  }

  @Test("counts once for the person however often it is opened and clicked")
  func once() throws {
    let sent = event("email.sent", at: 0, #"{"message_id":1}"#)
    let opens = (1...3).map { event("email.opened", at: Double($0), #"{"message_id":1}"#) }
    let clicks = (4...5).map { event("email.clicked", at: Double($0), #"{"message_id":1}"#) }
    let read: MessageState = try folded([sent] + opens + clicks, id: "1")
    let unread: MessageState = try folded(
      [sent, event("email.opened", at: 9, #"{"message_id":2,"machine":true}"#)], id: "2")
    let chat: MessageState = try folded([event("message.sent", #"{"message_id":3}"#)], id: "3")
    let person = Person(messages: [read, unread, chat])
    #expect((person.email.sent, person.email.opened, person.email.clicked) == (2, 1, 1))
    #expect(person.email.lastOpened == opens[2].time)
    #expect(read.opens == 3)
  }
}
