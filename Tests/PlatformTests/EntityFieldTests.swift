import EventLog
import Events
import Expressions
import Identity
import Platform
import Projections
import ReadModels
import Testing

@Suite struct EntityFieldTests {
  private static let events = [
    event("1", "customer.registered", ids: #"{"customer_id":"KH-1","email":"an@example.com"}"#),
    order("1", total: "100000"),
    event("4", "email.sent", data: #"{"message_id":"m1"}"#), event("5", "email.opened", data: #"{"message_id":"m1"}"#),
    event("6", "ticket.opened", time: "2026-02-27T12:00:00Z", data: #"{"ticket_id":"T1","priority":"high"}"#),
    event("7", "ticket.resolved", time: "2026-02-28T13:30:00Z", data: #"{"ticket_id":"T1"}"#),
  ]

  @Test("Orders, tickets and messages are listed with the person they belong to")
  func entities() throws {
    let platform = try Shop().open(Self.events)
    let an = PersonID(IdentifierKey(Identifier(type: "customer_id", value: "KH-1"))).description
    try platform.ask { snapshot in
      let order = try OwnedEntity(try #require(try snapshot.order(id: "1")), in: snapshot)
      #expect(
        try values(.orders, ["order_id", "total", "currency", "counts", "person"], order) == [
          "1", "100000", "VND", "true", an,
        ])
      let ticket = try OwnedEntity(try #require(try snapshot.ticket(id: "T1")), in: snapshot)
      #expect(
        try values(.tickets, ["status", "priority", "hours_to_resolve", "person"], ticket) == [
          "resolved", "high", "25.5", an,
        ])
      try snapshot.forEachMessage { state in
        let message = try OwnedEntity(state, in: snapshot)
        #expect(try values(.messages, ["message_id", "opens", "person"], message) == ["m1", "1", an])
        return true
      }
    }
  }

  private func values<State: EntityState>(
    _ fields: FieldSet<OwnedEntity<State>>, _ names: [String], _ row: OwnedEntity<State>
  ) throws -> [String] {
    try fields.fields(named: names).map { $0.value(row).plainText ?? "null" }
  }

  @Test("A timeline is in the order of event time, and of the log where times are equal")
  func timeline() throws {
    let times = ["2026-02-03T00:00:00Z", "2026-02-01T07:00:00+07:00", "2026-02-03T00:00:00Z", "2026-02-02T00:00:00Z"]
    let platform = try Shop().open(
      times.enumerated().map {
        event("\($0)", "page.viewed", time: $1, ids: #"{"anonymous_id":"d"}"#, data: #"{"url":"/\#($0)"}"#)
      })
    let entries = try TimelineReader(platform.log).entries([4, 3, 2, 1])
    #expect(entries.map(\.position) == [2, 4, 1, 3])
    #expect(entries.map(\.summary) == ["/1", "/3", "/0", "/2"])
    #expect(entries.first?.time == (try Instant(rfc3339: "2026-02-01T00:00:00Z")))
    #expect(throws: (any Error).self) { try TimelineReader(platform.log).entries([5]) }
  }
}
