import Events
import GeneratedEvents
import ReadModels
import Testing

@Suite("What customers say of themselves")
struct CustomerDataTests {
  @Test("The latest event decides on a field, whichever came first, and null deletes it")
  func latest() throws {
    let old = event("customer.registered", at: 1, #"{"name":"An","birthday":"1990-01-01","address":{"city":"Huế"}}"#)
    let new = event("customer.updated", at: 2, #"{"name":"An Nguyễn","birthday":null}"#)
    let gone = event("customer.updated", at: 3, #"{"address":null}"#)
    for events in [[old, new], [new, old]] {
      #expect(try traits(events) == ["name": #""An Nguyễn""#, "address.city": #""Huế""#])
    }
    #expect(try traits([gone, new, old]) == ["name": #""An Nguyễn""#])
  }

  @Test("Of events of one time the greater source decides, then the greater id")
  func ties() throws {
    func named(_ name: String, _ source: String, _ id: String) -> GeneratedEvent {
      event("customer.updated", #"{"name":"\#(name)"}"#, source: source, id: id)
    }
    #expect(try traits([named("first", "b", "1"), named("second", "a", "2")]) == ["name": #""first""#])
    #expect(try traits([named("first", "a", "10"), named("second", "a", "9")]) == ["name": #""second""#])
  }

  @Test("A shop's own fields and lists are kept as they were sent")
  func custom() throws {
    let sent = event("customer.updated", #"{"traits":{"beans":"arabica","cups":3.50},"tags":["vip","b2b"]}"#)
    #expect(try traits([sent]) == ["traits.beans": #""arabica""#, "traits.cups": "3.50", "tags": #"["vip","b2b"]"#])
  }

  @Test("Two spellings of a text, composed and decomposed, name one field and one store")
  func spellings() throws {
    let composed = event(
      "customer.updated", at: 2, "{\"traits\":{\"s\u{1EEF}a\":1}}", store: "\u{0110}\u{00E0} N\u{1EB5}ng")
    let decomposed = event(
      "customer.updated", at: 1, "{\"traits\":{\"s\u{01B0}\u{0303}a\":2}}", store: "\u{0110}a\u{0300} N\u{1EB5}ng")
    let states = [try foldedIdentifier([composed, decomposed]), try foldedIdentifier([decomposed, composed])]
    #expect(states[0].encoded() == states[1].encoded())
    #expect(Array(states[0].stores.dictionary.values) == [2])
    #expect(states[0].traits.values.entries.map(\.value) == ["1"])
  }

  @Test("Consent is what the latest word on a channel says, be it a profile, a choice or an unsubscription")
  func consent() throws {
    let profile = event("customer.registered", at: 1, #"{"consent":{"email":true,"sms":true,"phone":null}}"#)
    let choice = event("consent.changed", at: 2, #"{"channel":"sms","granted":false}"#)
    let unsubscribed = event("email.unsubscribed", at: 3, #"{"message_id":1}"#)
    let again = event("consent.changed", at: 4, #"{"channel":"email","granted":true}"#)
    #expect(try consent([choice, profile]) == ["email": true, "sms": false])
    #expect(try consent([unsubscribed, profile, choice]) == ["email": false, "sms": false])
    #expect(try consent([again, unsubscribed, profile]) == ["email": true, "sms": true])
  }

  @Test("An unsubscription that names only the message is its owner's word")
  func unsubscriptionByMessage() throws {
    let profile = try foldedIdentifier([event("customer.registered", at: 1, #"{"consent":{"email":true}}"#)])
    let sent = event("email.sent", at: 0, #"{"message_id":1}"#)
    let early: MessageState = try folded([sent, event("email.complained", at: 0.5, #"{"message_id":1}"#)])
    let late: MessageState = try folded([event("email.unsubscribed", at: 2, #"{"message_id":1}"#), sent])
    #expect(Person(identifiers: [profile], messages: [early]).consent == ["email": true])
    #expect(Person(identifiers: [profile], messages: [early, late]).consent == ["email": false])
  }

  private func traits(_ events: [GeneratedEvent]) throws -> [String: String] {
    try foldedIdentifier(events).traits.values.dictionary
  }

  private func consent(_ events: [GeneratedEvent]) throws -> [String: Bool] {
    Person(identifiers: [try foldedIdentifier(events)]).consent
  }
}
