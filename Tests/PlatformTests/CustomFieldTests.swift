import Events
import Expressions
import Platform
import Projections
import ReadModels
import Schemas
import Testing
import TimeZones

@Suite("Custom events")
struct CustomFieldTests {
  /// An took the quiz twice, by e-mail address and by account; Bo once, and returned two cups.
  private static let shop = [
    event("1", "customer.registered", ids: #"{"customer_id":"K1","email":"an@example.com"}"#),
    quiz("2", at: 2), quiz("3", at: 1, ids: #"{"customer_id":"K1"}"#),
    quiz("4", at: 3, ids: #"{"email":"bo@example.com"}"#),
    custom("5", "cup.last", at: 4), custom("6", "cup.last", at: 5), custom("7", "cup", at: 6),
    event("8", "customer.registered", ids: #"{"email":"chi@example.com"}"#),
  ]

  private static func quiz(_ id: String, at hour: Int, ids: String = #"{"email":"an@example.com"}"#) -> String {
    event(id, "custom.quiz_finished", time: "2026-02-0\(hour)T00:00:00Z", ids: ids, data: #"{"score":\#(hour)}"#)
  }

  private static func custom(_ id: String, _ name: String, at day: Int) -> String {
    event(id, "custom.\(name)", time: "2026-02-0\(day)T00:00:00Z", ids: #"{"email":"bo@example.com"}"#)
  }

  @Test(
    "are fields of people: how many there were, when the first was and when the last",
    arguments: [
      ("custom.quiz_finished", ["2", "1", "0"]), ("custom.quiz_finished.count", ["2", "1", "0"]),
      ("custom.quiz_finished.first", ["2026-02-01T00:00:00Z", "2026-02-03T00:00:00Z", "null"]),
      ("custom.quiz_finished.last", ["2026-02-02T00:00:00Z", "2026-02-03T00:00:00Z", "null"]),
      // The last word is that of a figure, whatever types there are.
      ("custom.cup", ["0", "1", "0"]), ("custom.cup.last", ["null", "2026-02-06T00:00:00Z", "null"]),
      ("custom.cup.last.count", ["0", "2", "0"]),
      ("custom.cup.last.last", ["null", "2026-02-05T00:00:00Z", "null"]),
      ("custom.never", ["0", "0", "0"]), ("custom.last", ["0", "0", "0"]),
    ])
  func values(field: String, expected: [String]) throws {
    let platform = try Shop().open(Self.shop)
    #expect(try list(platform, field) == expected)
  }

  @Test("are filtered and sorted by")
  func listing() throws {
    let platform = try Shop().open(Self.shop)
    func emails(_ filter: String?, sort: String = "email") throws -> [String] {
      try list(platform, "email", where: filter, sort: sort).map { String($0.prefix { $0 != "@" }) }
    }
    #expect(try emails("custom.quiz_finished >= 2") == ["an"])
    #expect(try emails("custom.quiz_finished = 0") == ["chi"])
    #expect(try emails("custom.quiz_finished.last >= 2026-02-03") == ["bo"])
    #expect(try emails("custom.cup.last.count = 2 and custom.cup = 1") == ["bo"])
    #expect(try emails("custom.quiz_finished > 0", sort: "-custom.quiz_finished.last") == ["bo", "an"])
    #expect(try emails(nil, sort: "custom.quiz_finished") == ["chi", "bo", "an"])
  }

  @Test("are those that intake takes without a schema")
  func prefix() { #expect(CustomEvents.typePrefix == EventTypeName.customPrefix) }

  @Test(
    "of a name that no type can have are no field", arguments: ["custom.", "custom.Quiz", "custom..a", "custom.a-b"])
  func unknown(field: String) throws {
    let platform = try Shop().open(Self.shop)
    #expect(throws: ListingError.self) { try list(platform, field) }
    #expect(throws: ListingError.self) { try list(platform, "email", sort: field) }
  }

  private func list(
    _ platform: Platform, _ field: String, where filter: String? = nil, sort: String = "email"
  ) throws -> [String] {
    let fields = FieldSet.people(platform.configuration)
    let listing = try Listing(fields, filter: filter, sort: sort, limit: nil, zone: .utc)
    let wanted = try #require(try fields.fields(named: [field]).first)
    var found: [String] = []
    try platform.ask { snapshot in
      try listing.run({ _, body in try snapshot.forEachPerson { try body(FoundPerson(key: $0, person: $1)) } }) {
        found.append(wanted.value($0).plainText ?? "null")
      }
    }
    return found
  }
}
