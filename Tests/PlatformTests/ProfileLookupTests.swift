import Events
import Identity
import Platform
import Projections
import ReadModels
import Testing

@Suite struct ProfileLookupTests {
  private func find(_ who: String, _ platform: Platform) throws -> FoundPerson {
    try platform.ask { snapshot in try ProfileLookup(platform.configuration.identifiers).find(who, in: snapshot) }
  }

  @Test("A person is found by identifier, by value, and by person id, however these are written")
  func lookup() throws {
    let platform = try Shop().open([
      event("1", ids: #"{"customer_id":"KH-1","email":"an@example.com","phone":"0901234567"}"#),
      event("2", ids: #"{"email":"bo@example.com"}"#),
    ])
    let an = try find("customer_id:KH-1", platform)
    #expect(an.person.contacts.count == 3)
    for who in [
      "email:an@example.com", "email: AN@Example.com ", "phone:0901 234 567", "KH-1", "an@example.com", "+84901234567",
      an.id.description, an.id.description.uppercased(),
    ] {
      #expect(try find(who, platform).id == an.id, "\(who)")
    }
    #expect(try find("bo@example.com", platform).id != an.id)
  }

  @Test("The id of a person who became part of another finds that other")
  func formerID() throws {
    let shop = try Shop()
    let platform = try shop.open([event("1", ids: #"{"anonymous_id":"d-1"}"#)])
    let visitor = try find("d-1", platform)
    try platform.take([event("2", ids: #"{"anonymous_id":"d-1","email":"an@example.com"}"#)], from: shop.parent)
    try platform.project()
    let known = try find("an@example.com", platform)
    #expect(known.id != visitor.id)
    #expect(try find(visitor.id.description, platform).id == known.id)
  }

  @Test("An identifier that looks like the id of nobody is still found")
  func identifierLikeID() throws {
    let platform = try Shop().open([event("1", ids: #"{"anonymous_id":"p0123456789abcdef"}"#)])
    #expect(try find("p0123456789abcdef", platform).person.contacts.first?.identifier.value == "p0123456789abcdef")
  }

  @Test("A value of several people is ambiguous, and the answer names them; the type tells them apart")
  func ambiguous() throws {
    let platform = try Shop().open([
      event("1", ids: #"{"customer_id":"77"}"#), event("2", ids: #"{"social_id":"77","marketplace_id":"77"}"#),
    ])
    let error = #expect(throws: LookupError.self) { try find("77", platform) }
    guard case .several("77", let hits)? = error else { return #expect(Bool(false), "\(String(describing: error))") }
    #expect(hits.map(\.identifier.type) == ["customer_id", "marketplace_id", "social_id"])
    #expect(Set(hits.map(\.person)).count == 2)
    #expect(hits.allSatisfy { error?.description.contains("\($0.person)  \($0.identifier)") == true })
    #expect(try find("customer_id:77", platform).id == hits[0].person)
    #expect(try find("social_id:77", platform).id == hits[1].person)
    #expect(try find("marketplace_id:77", platform).id == hits[1].person)
  }

  @Test("Nobody and no identifier are told apart")
  func nobody() throws {
    let platform = try Shop().open([event("1")])
    for who in ["", "x", "email:nobody@example.com", "p0000000000000000", "shoe:an@example.com"] {
      let error = #expect(throws: LookupError.self) { try find(who, platform) }
      guard case .nobody(who)? = error else { return #expect(Bool(false), "\(who): \(String(describing: error))") }
    }
    for who in ["email:an", "email:", "phone:abc", "customer_id:null"] {
      let error = #expect(throws: LookupError.self) { try find(who, platform) }
      guard case .malformed(who, _)? = error else {
        return #expect(Bool(false), "\(who): \(String(describing: error))")
      }
    }
  }
}
