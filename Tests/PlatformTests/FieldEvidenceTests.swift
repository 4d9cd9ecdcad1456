import Identity
import Platform
import Projections
import ReadModels
import Testing
import Upcasting

/// Each case is a shop of a few events, and the events that made a field of one person.
@Suite("Why a field is what it is")
struct FieldEvidenceTests {
  /// Lan, whose order somebody else pays; Minh, who cancels it; a card that only ever came along.
  private static let shop = [
    event(
      "1", "customer.registered", time: at(1), ids: #"{"customer_id":"K1","email":"lan@x.vn"}"#,
      data: #"{"name":"Lan","consent":{"email":true}}"#),
    event(
      "2", "customer.updated", time: at(2), ids: #"{"customer_id":"K1"}"#,
      data: #"{"name":"Nguyễn Lan","gender":null,"nickname":"L","traits":{"milk":"oat"}}"#),
    placed("3", "D-1", by: "K1", at: 3),
    placed("4", "D-2", by: "K1", at: 4),
    event("5", "order.cancelled", time: at(5), ids: #"{"customer_id":"K2"}"#, data: #"{"order_id":"D-1"}"#),
    event(
      "6", "order.paid", time: at(6), channel: "phone", ids: #"{"customer_id":"K2","phone":"+84901234567"}"#,
      data: #"{"order_id":"D-2","amount":5,"currency":"VND"}"#),
    event("7", "page.viewed", time: "2026-03-01T09:00:00Z", ids: #"{"customer_id":"K1"}"#, data: #"{"url":"/"}"#),
    event("8", "page.viewed", time: "2026-03-01T09:30:00.500Z", ids: #"{"customer_id":"K1"}"#, data: #"{"url":"/"}"#),
    event("9", "page.viewed", time: "2026-03-01T10:00:01Z", ids: #"{"customer_id":"K1"}"#, data: #"{"url":"/"}"#),
    event(
      "10", "consent.changed", time: at(10), ids: #"{"email":"lan@x.vn"}"#,
      data: #"{"channel":"email","granted":false}"#),
    event("11", "page.viewed", time: at(11), ids: #"{"customer_id":"K3","loyalty_id":"T-1"}"#, data: #"{"url":"/"}"#),
    event("12", "page.viewed", time: at(12), ids: #"{"customer_id":"K3","loyalty_id":"T-2"}"#, data: #"{"url":"/"}"#),
    event("13", "custom.quiz", time: at(13), ids: #"{"customer_id":"K4","loyalty_id":"T-3"}"#),
    event("14", "custom.quiz", time: at(15), ids: #"{"customer_id":"K4"}"#),
    event("15", "custom.quiz.last", time: at(14), ids: #"{"customer_id":"K4"}"#),
  ]

  private static func at(_ minute: Int) -> String { "2026-02-28T12:\(minute < 10 ? "0" : "")\(minute):00Z" }

  private static func placed(_ id: String, _ order: String, by customer: String, at minute: Int) -> String {
    event(
      id, "order.placed", time: at(minute), ids: #"{"customer_id":"\#(customer)"}"#,
      data:
        #"{"order_id":"\#(order)","currency":"VND","total":5,"items":[{"sku":"A","quantity":1,"price":5,"category":"Tea"}]}"#
    )
  }

  @Test(
    "names the events that the profile counts, and no others",
    arguments: [
      ("customer_id:K1", "traits.name", ["1", "2"]), ("customer_id:K1", "traits.gender", ["2"]),
      ("customer_id:K1", "traits.milk", ["2"]), ("customer_id:K1", "traits.nickname", []),
      ("customer_id:K1", "consent.email", ["1", "10"]), ("customer_id:K1", "orders.count", ["3", "4", "5"]),
      ("customer_id:K1", "orders.placed", ["3", "4"]), ("customer_id:K1", "orders.cancelled", ["5"]),
      ("customer_id:K2", "orders.count", []), ("customer_id:K1", "products.A", ["4"]),
      ("customer_id:K1", "categories.Tea", ["4"]), ("customer_id:K1", "visits", ["7", "9"]),
      ("customer_id:K1", "channels.phone", []), ("customer_id:K2", "channels.phone", ["6"]),
      ("customer_id:K1", "first_seen", ["1"]), ("customer_id:K1", "last_seen", ["9"]),
      ("customer_id:K1", "ids.email", ["1"]), ("loyalty_id:T-2", "first_seen", ["12"]),
      ("loyalty_id:T-2", "ids", ["12"]), ("customer_id:K1", "stage", ["3", "4", "5"]),
      ("customer_id:K4", "custom", ["13", "15", "14"]), ("customer_id:K4", "custom.quiz", ["13", "14"]),
      ("customer_id:K4", "custom.quiz.first", ["13"]), ("customer_id:K4", "custom.quiz.last", ["14"]),
      ("customer_id:K4", "custom.quiz.last.count", ["15"]), ("customer_id:K1", "custom.quiz", []),
    ])
  func events(who: String, field: String, ids: [String]) throws {
    let platform = try Shop().open(Self.shop)
    #expect(try explain(platform, who, field).events.map(\.id) == ids, "\(field) of \(who)")
  }

  @Test("says which event counts where a later one says otherwise")
  func overwritten() throws {
    let events = try explain(Shop().open(Self.shop), "customer_id:K1", "traits.name").events
    #expect(events.map(\.counts) == [false, true])
    #expect(events.map(\.statements) == [["Lan"], ["Nguyễn Lan"]])
  }

  @Test(
    "is refused for a field that no profile has",
    arguments: ["", "foo", "orders.", "orders.foo", "email.foo", "custom.", "custom.A"])
  func unknown(field: String) throws {
    let platform = try Shop().open(Self.shop)
    #expect(throws: UnknownFieldError.self) { try explain(platform, "customer_id:K1", field) }
  }

  private func explain(_ platform: Platform, _ who: String, _ field: String) throws -> FieldExplanation {
    try platform.ask { snapshot in
      let found = try ProfileLookup(platform.configuration.identifiers).find(who, in: snapshot)
      let subject = FieldSubject(
        found.person, entities: try snapshot.owned(by: found.key), platform.configuration.identifiers)
      return try FieldEvidence(platform.log, .builtIn).explain(
        field, of: subject, try snapshot.timeline(of: try snapshot.subjects(of: found.key))
      ) { try snapshot.carriers(of: found.person.contacts.map { IdentifierKey($0.identifier) }) }
    }
  }
}
