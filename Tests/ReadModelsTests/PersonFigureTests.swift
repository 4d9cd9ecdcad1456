import Events
import GeneratedEvents
import ReadModels
import Testing

@Suite("The figures of a person")
struct PersonFigureTests {
  private let cookie = Identifier(type: "anonymous_id", value: "c1")
  private let phone = Identifier(type: "phone", value: "+84901000001")

  @Test("name every identifier, the strongest first, with when it was first and last seen")
  func contacts() throws {
    var mail = try foldedIdentifier([event("page.viewed", at: 30)])
    mail.see(event("order.placed", at: 90).time)
    let device = try foldedIdentifier([event("page.viewed", at: 50), event("page.viewed", at: 10)], as: cookie)
    let person = Person(identifiers: [device, mail])
    #expect(person.contacts.map(\.identifier) == [mail.identifier, cookie])
    #expect(person.contacts.map(\.firstSeen) == [seconds(30), seconds(10)])
    #expect(person.contacts.map(\.lastSeen) == [seconds(90), seconds(50)])
    #expect(person.firstSeen == seconds(10) && person.lastSeen == seconds(90))
  }

  @Test("count orders that count, all that were placed, and those that were cancelled")
  func orders() throws {
    let cancelled = event("order.cancelled", at: 99, #"{"order_id":1}"#)
    let refunded = event("order.refunded", at: 99, #"{"order_id":1,"currency":"VND","amount":30}"#)
    let orders = try [
      order(1, at: 10), order(2, at: 20), order(3, at: 30, refunded), order(4, at: 40, cancelled),
      folded([event("order.paid", #"{"order_id":5,"currency":"VND","amount":100}"#)], id: "5"),
    ]
    let figures = Person(orders: orders).orders
    #expect((figures.count, figures.placed, figures.cancelled) == (3, 4, 1))
    #expect(figures.first == seconds(10) && figures.last == seconds(30))
    let dong = try #require(Currency("VND"))
    let amounts = try #require(figures.amounts[dong])
    #expect((amounts.gross, amounts.refunded, amounts.net) == (300, 30, 270))
  }

  @Test("join the visits of all identifiers")
  func visits() throws {
    let device = try foldedIdentifier(
      [event("page.viewed", at: 0), event("page.viewed", at: 10_000, id: "later")], as: cookie)
    let mail = try foldedIdentifier([event("cart.item_added", at: 1_000), event("order.placed", at: 5_000)])
    let person = Person(identifiers: [mail, device])
    #expect(person.visits == 2 && person.lastVisit == seconds(10_000))
    #expect(Person().visits == 0 && Person().lastVisit == nil)
  }

  @Test("count e-mails by message, whatever became of them")
  func email() throws {
    let read = try message("1", ["email.sent", "email.delivered", "email.opened", "email.clicked"], at: 10)
    let unread = try message("2", ["email.sent", "email.delivered"], at: 20)
    let bounced = try message("3", ["email.sent", "email.bounced"], at: 30)
    let chat = try message("4", ["message.sent", "message.opened"], at: 40)
    let email = Person(messages: [chat, bounced, unread, read]).email
    #expect((email.sent, email.delivered, email.opened, email.clicked, email.bounced) == (3, 2, 1, 1, 1))
    #expect(email.lastSent == seconds(30) && email.lastOpened == seconds(10))
  }

  @Test("count tickets that are open and that are resolved")
  func tickets() throws {
    let opened = event("ticket.opened", at: 1, #"{"ticket_id":1}"#)
    let open: TicketState = try folded([opened])
    let resolved: TicketState = try folded([opened, event("ticket.resolved", at: 2, #"{"ticket_id":1}"#)])
    let person = Person(
      identifiers: [try foldedIdentifier([opened])], orders: [], tickets: [open, resolved, open], messages: [],
      credits: [], strength: { _ in 0 })
    #expect(person.ticketsOpen == 2 && person.ticketsResolved == 1)
  }

  @Test("count the events that are anchored on the identifiers, by channel and by store")
  func activity() throws {
    let mail = try foldedIdentifier([
      event("order.placed", channel: "pos", store: "HCM-01"), event("order.placed", at: 1, channel: "pos"),
    ])
    let caller = try foldedIdentifier(
      [
        event("ticket.opened", channel: "phone", store: "HN-02"),
        event("order.paid", channel: "pos", store: "HCM-01"),
      ], as: phone)
    let person = Person(identifiers: [caller, mail])
    #expect(person.channels == ["pos": 3, "phone": 1])
    #expect(person.stores == ["HCM-01": 2, "HN-02": 1])
    #expect(person.events == 4)
  }

  /// Microseconds since 1970, as `event` has them.
  private func seconds(_ seconds: Double) -> Int64 { event("page.viewed", at: seconds).time }

  private func message(_ id: String, _ types: [String], at seconds: Double) throws -> MessageState {
    try folded(types.map { event($0, at: seconds, #"{"message_id":\#(id)}"#) }, id: id)
  }

  private func order(_ id: Int, at seconds: Double, _ later: GeneratedEvent...) throws -> OrderState {
    let data = #"{"order_id":\#(id),"currency":"VND","total":100,"items":[]}"#
    return try folded([event("order.placed", at: seconds, data)] + later, id: "\(id)")
  }
}
