import Foundation
import Simulation
import Testing

@Suite("The truth says who really acted")
struct TruthTests {
  @Test("The truth covers every event exactly once, whether late, repeated or neither")
  func coverage() throws {
    let recording = try Recording.shop { ($0.late, $0.repeats) = (0.1, 0.1) }
    let keys = recording.truth.map(\.key)
    #expect(Set(keys).count == keys.count)
    #expect(Set(keys) == Set(try recording.events().map(\.key)))
  }

  @Test("Events of one order or one ticket belong to one person")
  func entities() throws {
    let recording = try Recording.shop { $0.customers = 1500 }
    let person = Dictionary(uniqueKeysWithValues: recording.truth.map { ($0.key, $0.person) })
    var owners: [String: Int] = [:]
    for event in try recording.events() {
      for field in ["order_id", "ticket_id", "cart_id", "message_id"] {
        guard let entity = event.text(field) else { continue }
        let owner = owners[field + entity, default: person[event.key] ?? -1]
        #expect(owner == person[event.key])
        owners[field + entity] = owner
      }
    }
    #expect(owners.count > 1000)
  }

  /// People to each normalised identifier, junk left out.
  private func people(_ recording: Recording) throws -> [String: Set<Int>] {
    let person = Dictionary(uniqueKeysWithValues: recording.truth.map { ($0.key, $0.person) })
    var people: [String: Set<Int>] = [:]
    for event in try recording.events() {
      for (type, value) in event.ids {
        let normalised = type == "phone" ? ParsedEvent.phone(value) : type == "email" ? ParsedEvent.email(value) : value
        people["\(type):\(normalised)", default: []].insert(try #require(person[event.key]))
      }
    }
    return people
  }

  @Test("Without sharing and junk every identifier belongs to one person, however it is written")
  func ownIdentifiers() throws {
    let recording = try Recording.shop {
      ($0.sharedPhones, $0.sharedDevices, $0.junk, $0.customers) = (0, 0, 0, 1500)
    }
    let people = try people(recording)
    for (identifier, owners) in people { #expect(owners.count == 1, "\(identifier)") }
    let types = Set(people.keys.map { $0.prefix { $0 != ":" } })
    #expect(types.count == 7)
  }

  @Test("Shared phones and devices give phones and cookies of several people, and nothing else does")
  func sharing() throws {
    let recording = try Recording.shop {
      ($0.sharedPhones, $0.sharedDevices, $0.junk, $0.customers) = (0.3, 0.3, 0, 1500)
    }
    let shared = try people(recording).filter { $0.value.count > 1 }.keys
    #expect(Set(shared.map { $0.prefix { $0 != ":" } }) == ["phone", "anonymous_id"])
    #expect(shared.filter { $0.hasPrefix("phone") }.count > 20)
    #expect(shared.filter { $0.hasPrefix("anonymous_id") }.count > 20)
  }

  @Test("Some people have several cookies, and some phones are written in several forms")
  func manyForms() throws {
    let recording = try Recording.shop { ($0.customers, $0.days, $0.junk) = (1500, 180, 0) }
    let person = Dictionary(uniqueKeysWithValues: recording.truth.map { ($0.key, $0.person) })
    var cookies: [Int: Set<String>] = [:]
    var forms: [String: Set<String>] = [:]
    for event in try recording.events() {
      if let cookie = event.ids["anonymous_id"], let who = person[event.key] {
        cookies[who, default: []].insert(cookie)
      }
      if let phone = event.ids["phone"] { forms[ParsedEvent.phone(phone), default: []].insert(phone) }
    }
    #expect(cookies.values.filter { $0.count > 1 }.count > 100)
    #expect(cookies.values.filter { $0.count > 2 }.count > 10)
    #expect(forms.values.filter { $0.count > 1 }.count > 50)
  }
}
