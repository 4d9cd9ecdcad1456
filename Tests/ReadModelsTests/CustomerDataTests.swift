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

  @Test("Fields that as many events set are read back as they were, few or many", arguments: [1, 15, 16, 17, 18, 200])
  func manyEvents(count: Int) throws {
    let events = (0..<count).map {
      event("customer.updated", at: Double($0), #"{"traits":{"field\#($0 % 150)":\#($0)}}"#)
    }
    let state = try foldedIdentifier(events)
    let row = state.encoded()
    let read = try row.withUnsafeBytes { try IdentifierState.decode($0) }
    #expect(read == state && read.encoded() == row)
    #expect(try foldedIdentifier(events.reversed()).encoded() == row)
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

  @Test("An address is kept field by field, and null deletes a field or the whole")
  func address() throws {
    let first = event(
      "customer.registered", at: 1, #"{"address":{"line1":"1 Lê Lợi","city":"Huế","country":"VN","floor":3}}"#)
    let moved = event("customer.updated", at: 2, #"{"address":{"line1":"2 Lê Lợi","country":null}}"#)
    let gone = event("customer.updated", at: 3, #"{"address":null}"#)
    let back = event("customer.updated", at: 4, #"{"address":{"ward":"Phú Hội"}}"#)
    for events in [[first, moved], [moved, first]] {
      #expect(try traits(events) == ["address.line1": #""2 Lê Lợi""#, "address.city": #""Huế""#])
    }
    for events in [[first, moved, gone, back], [back, gone, moved, first], [gone, back, first, moved]] {
      #expect(try traits(events) == ["address.ward": #""Phú Hội""#])
    }
  }

  @Test("Null deletes one of a shop's own fields, and null in place of them all of them, as of its time")
  func deletedTraits() throws {
    let first = event("customer.registered", at: 1, #"{"gender":"f","traits":{"beans":"robusta","cups":3}}"#)
    let second = event("customer.updated", at: 2, #"{"traits":{"beans":null,"milk":true}}"#)
    let gone = event("customer.updated", at: 3, #"{"traits":null}"#)
    let back = event("customer.updated", at: 4, #"{"traits":{"cups":4}}"#)
    for events in [[first, second], [second, first]] {
      #expect(try traits(events) == ["gender": #""f""#, "traits.cups": "3", "traits.milk": "true"])
    }
    #expect(try traits([gone, second, first]) == ["gender": #""f""#])
    for events in [[first, second, gone, back], [back, gone, second, first]] {
      #expect(try traits(events) == ["gender": #""f""#, "traits.cups": "4"])
    }
  }

  @Test("Of several identifiers of a person the latest writer decides, and a deletion holds for all")
  func severalIdentifiers() throws {
    let mail = try foldedIdentifier([event("customer.updated", at: 2, #"{"name":"An","gender":null}"#)])
    let phone = try foldedIdentifier(
      [
        event("customer.registered", at: 1, #"{"name":"Anh","gender":"f","traits":{"cups":1}}"#),
        event("customer.updated", at: 3, #"{"traits":null}"#),
      ], as: Identifier(type: "phone", value: "+84901000001"))
    for identifiers in [[mail, phone], [phone, mail]] {
      #expect(Person(identifiers: identifiers).traits == ["name": #""An""#])
    }
  }

  private func traits(_ events: [GeneratedEvent]) throws -> [String: String] {
    try foldedIdentifier(events).traits.values.dictionary
  }
}
