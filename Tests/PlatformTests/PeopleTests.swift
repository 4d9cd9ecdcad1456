import Events
import Expressions
import GeneratedEvents
import Identity
import Platform
import Projections
import ReadModels
import Testing
import TimeZones

@Suite struct PeopleTests {
  /// Runs a listing of people and gives the values of a field.
  private func list(_ platform: Platform, _ field: String, where filter: String? = nil, sort: String? = nil) throws
    -> [String]
  {
    let fields = FieldSet.people(platform.configuration)
    let listing = try Listing(fields, filter: filter, sort: sort, limit: nil, zone: platform.configuration.timeZone)
    let wanted = try #require(try fields.fields(named: [field]).first)
    var found: [String] = []
    try platform.ask { snapshot in
      try listing.run({ _, body in try snapshot.forEachPerson { try body(FoundPerson(key: $0, person: $1)) } }) {
        found.append(wanted.value($0).plainText ?? "null")
      }
    }
    return found
  }

  private static let events = [
    event(
      "1", "customer.registered", ids: #"{"customer_id":"KH-1","email":"an@example.com"}"#,
      data: #"{"name":"An","address":{"city":"Hu\u1ebf"},"tags":["a","b"],"traits":{"size":38,"vip":true}}"#),
    event(
      "2", "customer.registered", ids: #"{"email":"bo@example.com"}"#, data: #"{"last_name":"Le","first_name":"Bo"}"#),
    event("3", "page.viewed", ids: #"{"anonymous_id":"d-1"}"#, data: #"{"url":"/"}"#),
    order("1", total: "100000"), order("2", total: "50000"), order("3", by: "bo@example.com", total: "20.50", "USD"),
    event("4", "email.sent", data: #"{"message_id":"m1"}"#), event("5", "email.opened", data: #"{"message_id":"m1"}"#),
  ]

  @Test("A field that needs only figures has the value that the whole person gives", arguments: 0..<4 as Range<UInt64>)
  func figures(seed: UInt64) throws {
    var generator = EventGenerator(seed: seed)
    let platform = try Shop().open(generator.events(800).map(\.text))
    let fields = FieldSet.people(platform.configuration).all.filter(\.isFigure)
    #expect(fields.count > 30 && !fields.contains { $0.name == "name" })
    let generation = try #require(try platform.openReadModels())
    var compared = 0
    defer { generation.close() }
    try generation.read { snapshot in
      var people: [IdentifierKey: Person] = [:]
      for half in Snapshot.halves {
        try snapshot.forEachPerson(in: half, figuresOnly: true) { key, person in
          people[key] = person
          return true
        }
      }
      let scores = try? platform.personScores(of: generation, in: snapshot)
      try snapshot.forEachPerson { key, person in
        let known = people.removeValue(forKey: key)
        let figures = try #require(known)
        for field in fields {
          let whole = field.value(FoundPerson(key: key, person: person, scores: scores))
          let alone = field.value(FoundPerson(key: key, person: figures, scores: scores?.copy()))
          #expect(alone.plainText == whole.plainText, "\(field.name)")
          compared += 1
        }
        return true
      }
      #expect(people.isEmpty)
    }
    #expect(compared > 500)
  }

  @Test(
    "Figures are enough for a filter and an order that name nothing else",
    arguments: [
      ("orders.count > 1 and visits.last is not null", "-clv", true), ("rfm.r in (4, 5)", "person", true),
      ("orders.count > 1 or name = 'An'", nil, false), ("traits.city = 'x'", nil, false),
      ("stage = 'lead'", "who", false),
      ("hash(this) = ''", nil, false), ("count(products, this = 'A') > 0", nil, false),
    ] as [(String, String?, Bool)])
  func figuresOnly(filter: String, sort: String?, expected: Bool) throws {
    let fields = FieldSet.people(try Configuration.standard())
    let listing = try Listing(fields, filter: filter, sort: sort, limit: nil, zone: .utc)
    #expect(listing.readsFiguresOnly == expected)
  }

  @Test("Fields of people can be shown, filtered and sorted by")
  func fields() throws {
    let platform = try Shop().open(Self.events)
    #expect(try list(platform, "who", sort: "who").sorted() == ["An", "Le Bo", "anonymous_id:d-1"].sorted())
    #expect(try list(platform, "email", where: "stage = 'repeat customer'") == ["an@example.com"])
    #expect(try list(platform, "name", where: "orders.count >= 1", sort: "-orders.net") == ["An", "Le Bo"])
    #expect(try list(platform, "orders.average", where: "customer_id = 'KH-1'") == ["75000"])
    #expect(try list(platform, "orders.net", where: "orders.currency = 'USD'") == ["20.5"])
    #expect(try list(platform, "name", where: "email.opened >= 1 and email.sent = 1") == ["An"])
    #expect(try list(platform, "orders.count", where: "email is null") == ["0"])
  }

  @Test("Traits are fields under the name that events gave them, with or without the object around them")
  func traits() throws {
    let platform = try Shop().open(Self.events)
    #expect(try list(platform, "name", where: "traits.city = 'Hu\u{1EBF}'") == ["An"])
    #expect(try list(platform, "name", where: "traits.address.city = 'Hu\u{1EBF}'") == ["An"])
    #expect(try list(platform, "name", where: "traits.size > 37 and traits.vip") == ["An"])
    #expect(try list(platform, "traits.size", sort: "traits.size") == ["38", "null", "null"])
    #expect(try list(platform, "name", where: "traits.tags contains 'b'") == ["An"])
    #expect(try list(platform, "name", where: "traits.unheard_of = 1") == [])
  }

  @Test("An identifier type that is called like a field takes nothing away")
  func collidingTypes() throws {
    let shop = try Shop(configuration: "identity:\n  types: [name, ids, events, email]\n")
    let platform = try shop.open([event("1", ids: #"{"events":"x","email":"an@example.com"}"#)])
    #expect(try list(platform, "events") == ["1"])
    #expect(try list(platform, "email") == ["an@example.com"])
  }
}
