import BinaryCoding
import Events
import GeneratedEvents
import ReadModels
import Testing

@Suite("Consent")
struct ConsentTests {
  @Test("is what the latest word on a channel says, be it a profile, a choice or an unsubscription")
  func latest() throws {
    let profile = event("customer.registered", at: 1, #"{"consent":{"email":true,"sms":true,"phone":null}}"#)
    let choice = event("consent.changed", at: 2, #"{"channel":"sms","granted":false}"#)
    let unsubscribed = event("email.unsubscribed", at: 3, #"{"message_id":1}"#)
    let again = event("consent.changed", at: 4, #"{"channel":"email","granted":true}"#)
    #expect(try person(choice, profile).consent == ["email": true, "sms": false])
    #expect(try person(unsubscribed, profile, choice).consent == ["email": false, "sms": false])
    #expect(try person(again, unsubscribed, profile).consent == ["email": true, "sms": true])
  }

  @Test("is kept for the address that the event names, which need not be what it is anchored on")
  func addresses() throws {
    let ids = [("customer_id", "C1"), ("email", "old@example.com"), ("phone", "+84901000001")]
    let profile = event("customer.registered", at: 1, #"{"consent":{"email":true,"sms":true,"push":true}}"#, ids: ids)
    let mail = event("email.unsubscribed", at: 2, #"{"message_id":1}"#, ids: [("email", "new@example.com")])
    let till = event("consent.changed", at: 3, #"{"channel":"email","granted":true}"#, ids: [("customer_id", "C1")])
    let consents = try person(till, profile, mail).consents
    #expect(consents.map(\.channel) == ["email", "email", "email", "push", "sms"])
    #expect(consents.map(\.address) == [nil, "new@example.com", "old@example.com", nil, "+84901000001"])
    #expect(consents.map(\.granted) == [true, false, true, true, true])
    #expect(try person(profile, mail).consent == ["email": false, "push": true, "sms": true])
  }

  @Test("has a history that says who said what, and in which event, newest first")
  func history() throws {
    let asked = event(
      "consent.changed", at: 5, #"{"channel":"sms","granted":false,"purpose":"marketing","method":"call"}"#,
      source: "helpdesk", id: "h1")
    let profile = event("customer.updated", at: 1, #"{"consent":{"sms":true},"purpose":"none of it"}"#, id: "w1")
    let gone = event("customer.updated", at: 9, #"{"consent":{"sms":null}}"#, id: "w2")
    let sms = try #require(try person(gone, profile, asked).consents.first)
    #expect(sms.history.map(\.granted) == [nil, false, true])
    #expect(sms.history.map(\.stamp.id) == ["w2", "h1", "w1"])
    #expect(sms.history.map(\.stamp.source) == ["web", "helpdesk", "web"])
    #expect(sms.history.map(\.type) == [.customerUpdated, .consentChanged, .customerUpdated])
    #expect(sms.history.map(\.purpose) == [nil, "marketing", nil])
    #expect(sms.history.map(\.method) == [nil, "call", nil])
    #expect(sms.granted == nil && sms.since == gone.time)
    #expect(try person(gone, profile, asked).consent.isEmpty)
  }

  @Test("holds since the first of the words that say the same without a break")
  func since() throws {
    func said(_ granted: Bool, at seconds: Double) -> GeneratedEvent {
      event("consent.changed", at: seconds, #"{"channel":"email","granted":\#(granted)}"#)
    }
    let words = [said(true, at: 1), said(false, at: 2), said(true, at: 3), said(true, at: 4), said(true, at: 5)]
    let consent = try #require(try person(words[4], words[0], words[2], words[3], words[1]).consents.first)
    #expect(consent.since == words[2].time)
    #expect(try person(words[0]).consents.first?.since == words[0].time)
  }

  @Test("for all channels is deleted by null in place of them, as of its time")
  func allDeleted() throws {
    let profile = event("customer.registered", at: 1, #"{"consent":{"email":true,"sms":true}}"#)
    let gone = event("customer.updated", at: 2, #"{"consent":null}"#)
    let back = event("consent.changed", at: 3, #"{"channel":"sms","granted":true}"#)
    for events in [[profile, gone, back], [back, gone, profile]] {
      let person = Person(identifiers: [try foldedIdentifier(events)])
      #expect(person.consent == ["sms": true])
      #expect(person.consents.map(\.channel) == ["sms", "email"])
      #expect(person.consents[1].history.map(\.granted) == [nil, true])
      #expect(person.consents[1].since == gone.time)
    }
    #expect(try person(gone).consents.isEmpty)
    #expect(try person(gone, back).consents.first?.history.count == 1)
  }

  @Test("for a channel that nobody knows is kept under its name, and what is no boolean says nothing")
  func badInput() throws {
    let profile = event("customer.registered", at: 1, #"{"consent":{"fax":true,"email":true,"":true}}"#)
    let nonsense = event("customer.updated", at: 2, #"{"consent":{"fax":"no","email":0,"sms":[true]}}"#)
    let choice = event("consent.changed", at: 3, #"{"channel":"email","granted":"false"}"#)
    let list = event("customer.updated", at: 4, #"{"consent":[false]}"#)
    #expect(try person(profile, nonsense, choice, list).consent == ["email": true, "fax": true])
    #expect(try person(profile, nonsense, choice, list).consents.allSatisfy { $0.history.count == 1 })
  }

  @Test("is refused by an unsubscription that names only the message, in the name of its owner")
  func byMessage() throws {
    let profile = try foldedIdentifier([event("customer.registered", at: 1, #"{"consent":{"email":true}}"#)])
    let sent = event("email.sent", at: 0, #"{"message_id":1}"#)
    let early: MessageState = try folded([sent, event("email.complained", at: 0.5, #"{"message_id":1}"#)])
    let late: MessageState = try folded([event("email.unsubscribed", at: 2, #"{"message_id":1}"#), sent])
    #expect(Person(identifiers: [profile], messages: [early]).consent == ["email": true])
    let person = Person(identifiers: [profile], messages: [early, late])
    #expect(person.consent == ["email": false])
    #expect(person.consents.map(\.address) == [nil])
    #expect(person.consents[0].history.map(\.type) == [.emailUnsubscribed, .customerRegistered, .emailComplained])
  }

  @Test("is refused once by an unsubscription that an identifier and a message both tell of")
  func toldTwice() throws {
    let unsubscribed = event("email.unsubscribed", at: 2, #"{"message_id":1}"#, ids: [("email", "an@example.com")])
    let message: MessageState = try folded([unsubscribed])
    let person = Person(identifiers: [try foldedIdentifier([unsubscribed])], messages: [message, message])
    #expect(person.consents.map(\.address) == ["an@example.com"])
    #expect(person.consents[0].history.count == 1)
  }

  @Test("is stored as the description of the format says, byte by byte")
  func stored() throws {
    let ids = [(type: "phone", value: "+841")]
    let profile = GeneratedEvent(
      time: 1, source: "w", id: "1", type: "customer.registered", ids: ids,
      data: #"{"consent":{"sms":true,"email":null}}"#)
    let choice = GeneratedEvent(
      time: 2, source: "w", id: "2", type: "consent.changed", ids: ids,
      data: #"{"channel":"sms","granted":false,"purpose":"ad","method":"call"}"#)
    let row = try foldedIdentifier([choice, profile]).encoded()
    var expected: [UInt8] = [2, 5] + Array("email".utf8) + [0, 1, 0, 0, 2, 1, 0x77, 2, 0x31]
    expected += [3] + Array("sms".utf8) + [1, 4] + Array("+841".utf8) + [2, 0b110, 0]
    expected += [0b11001, 2, 4, 1, 0x77, 2, 0x32, 2] + Array("ad".utf8) + [4] + Array("call".utf8)
    expected += [0]  // no custom events
    #expect(Array(row.suffix(expected.count)) == expected)
    let start = row.count - expected.count
    // The first word: an unknown answer, an unknown bit, a stamp where none was before, an unknown type; then no word.
    for (offset, byte) in [(9, 3), (9, 0x20), (9, 4), (10, 5), (8, 0)] as [(Int, UInt8)] {
      var damaged = row
      damaged[start + offset] = byte
      #expect(throws: CodingError.self) { try damaged.withUnsafeBytes { try IdentifierState.decode($0) } }
    }
  }

  @Test(
    "keeps the latest hundred words for each channel and address, whatever the order and the parts", arguments: 0..<6)
  func bound(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let addresses = ["an@example.com", "an.nguyen@example.com"]
    let events = (0..<random.number(150..<500)).map { number in
      event(
        "consent.changed", at: Double(random.number(0..<200)), #"{"channel":"email","granted":\#(random.oneIn(2))}"#,
        source: random.pick(["web", "crm"]), id: "\(number)", ids: [("email", random.pick(addresses))])
    }
    let shuffled = events.shuffled(using: &random)
    let parts = [shuffled[..<50], shuffled[50..<120], shuffled[120...]]
    let person = Person(identifiers: try parts.map { try foldedIdentifier(Array($0)) })
    for address in addresses {
      let all = events.filter { $0.ids.first?.value == address }
      let newest = all.sorted { ($1.time, $1.source, $1.id) < ($0.time, $0.source, $0.id) }.prefix(Consent.changesMax)
      let consent = try #require(person.consents.first { $0.address == address })
      #expect(consent.history.map(\.stamp.id) == newest.map(\.id))
    }
  }

  private func person(_ events: GeneratedEvent...) throws -> Person {
    Person(identifiers: [try foldedIdentifier(events)])
  }
}
