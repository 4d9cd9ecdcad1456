import Events
import Identity
import Platform
import Projections
import ReadModels
import Testing

@Suite("What was not taken as evidence")
struct IdentityRefusedEvidenceTests {
  private func seen(_ id: String, _ ids: String, minute: Int = 0) -> String {
    event(id, time: "2026-02-28T12:\(minute < 10 ? "0" : "")\(minute):00Z", ids: ids)
  }

  private func order(_ id: String, _ ids: String) -> String {
    event(
      "order-\(id)", "order.placed", ids: ids, data: #"{"order_id":"\#(id)","currency":"VND","total":1,"items":[]}"#)
  }

  private func shared(_ platform: Platform, limit: Int = .max) throws -> [SharedIdentifier] {
    var found: [SharedIdentifier] = []
    try platform.ask { snapshot in
      try RefusedEvidence(platform.configuration.identifiers).forEachShared(in: snapshot) {
        found.append($0)
        return found.count < limit
      }
    }
    return found
  }

  private func conflicts(_ platform: Platform) throws -> [IdentityConflict] {
    var found: [IdentityConflict] = []
    try platform.ask { snapshot in
      try RefusedEvidence(platform.configuration.identifiers).forEachConflict(in: snapshot) {
        found.append($0)
        return true
      }
    }
    return found
  }

  @Test("Shared identifiers are listed by how many people, then by how many orders")
  func shared() throws {
    func phone(_ customer: Int, _ number: Int) -> String {
      #"{"customer_id":"C\#(customer)","phone":"090000000\#(number)"}"#
    }
    let platform = try Shop(configuration: "identity:\n  blocked_patterns: ['customer_id:KIOSK*']\n").open([
      seen("1", phone(1, 1)), seen("2", phone(2, 1)), order("1", phone(1, 1)),
      seen("3", phone(3, 2)), seen("4", phone(4, 2)), order("2", #"{"customer_id":"C3"}"#),
      order("3", #"{"customer_id":"C4"}"#),
      seen("5", phone(5, 3)), seen("6", phone(6, 3)), seen("7", phone(7, 3), minute: 9),
      seen("8", #"{"customer_id":"KIOSK-1"}"#), seen("9", #"{"phone":"0900000003"}"#),
    ])
    let found = try shared(platform)
    #expect(found.map(\.identifier.value) == ["+84900000003", "+84900000002", "+84900000001", "KIOSK-1"])
    #expect(found.map(\.people) == [3, 2, 2, 0])
    #expect(found.map(\.orders) == [0, 2, 1, 0])
    #expect(found.map(\.standing) == [.shared, .shared, .shared, .blocked])
    #expect(found.map(\.seen) == [["customer_id": 3], ["customer_id": 2], ["customer_id": 2], [:]])
    #expect(found.map(\.events) == [1, 0, 0, 1])
    #expect(found[0].lastSeen - found[0].firstSeen == 9 * 60_000_000)
    #expect(try shared(platform, limit: 2).count == 2, "no more than are asked for")
  }

  @Test("Conflicts are listed by how many orders, then by how many events, with the reason")
  func conflicts() throws {
    func card(_ customer: Int, _ number: Int) -> String {
      #"{"customer_id":"C\#(customer)","marketplace_id":"M\#(number)"}"#
    }
    let platform = try Shop().open([
      seen("1", card(1, 1), minute: 1), seen("2", card(2, 1), minute: 2),
      seen("3", card(3, 2), minute: 1), seen("4", card(4, 2), minute: 2), seen("5", card(4, 2), minute: 3),
      seen("6", card(4, 2), minute: 5),
      seen("7", card(5, 3), minute: 1), seen("8", card(6, 3), minute: 2), order("1", #"{"customer_id":"C5"}"#),
      order("2", #"{"customer_id":"C6"}"#),
    ])
    let found = try conflicts(platform)
    #expect(found.map(\.anchor.value) == ["C6", "C4", "C2"])
    #expect(found.map(\.other.value) == ["M3", "M2", "M1"])
    #expect(found.map(\.orders) == [2, 0, 0])
    #expect(found.map(\.events) == [1, 3, 1])
    #expect(
      found.map(\.reason)
        == [(6, 5), (4, 3), (2, 1)].map {
          ConflictReason.limit(type: "customer_id", max: 1, ["C\($0.0)"], ["C\($0.1)"])
        })
    #expect(found[1].lastSeen - found[1].firstSeen == 3 * 60_000_000)
    #expect(
      found.allSatisfy { $0.anchorPerson == PersonID(IdentifierKey($0.anchor)) && $0.anchorPerson != $0.otherPerson })
  }

  @Test("A conflict with a decision names the two that were unlinked")
  func unlinked() throws {
    let platform = try Shop().open([seen("1", #"{"email":"an@x.vn","phone":"0901234567"}"#)])
    let (mail, phone) = (Identifier(type: "email", value: "an@x.vn"), Identifier(type: "phone", value: "+84901234567"))
    #expect(try conflicts(platform).isEmpty)
    try platform.decide(.unlink, phone, mail, by: "lan", reason: nil)
    try platform.project()
    #expect(try conflicts(platform).map(\.reason) == [.unlinked(mail, phone)])
    try platform.decide(.link, phone, mail, by: "lan", reason: nil)
    try platform.project()
    #expect(try conflicts(platform).isEmpty)
  }

  @Test("What is shared is in no conflict")
  func sharedIsNoConflict() throws {
    let platform = try Shop().open([
      seen("1", #"{"customer_id":"C1","email":"a@x.vn","phone":"0901234567"}"#, minute: 1),
      seen("2", #"{"customer_id":"C2","phone":"0901234567"}"#, minute: 2),
    ])
    #expect(try conflicts(platform).isEmpty)
    #expect(try shared(platform).map(\.identifier.type) == ["phone"])
  }
}

@Suite("People who may be there twice")
struct IdentityDuplicatesTests {
  private static let people = [
    event(
      "1", "customer.registered", ids: #"{"customer_id":"C1","email":"huong.nguyen@example.vn"}"#,
      data: #"{"name":"Nguy\u1ec5n Th\u1ecb H\u01b0\u01a1ng","birthday":"1990-05-14","address":{"city":"Hu\u1ebf"}}"#),
    event(
      "2", "customer.registered", ids: #"{"customer_id":"C2","email":"huongnguyen@example.com"}"#,
      data: #"{"name":"HUONG NGUYEN THI","birthday":"1990-05-14","address":{"city":"Hue"}}"#),
    event(
      "3", "customer.registered", ids: #"{"customer_id":"C3"}"#,
      data: #"{"name":"Tr\u1ea7n V\u0103n B\u00ecnh","birthday":"1971-01-30"}"#),
    event(
      "4", "customer.registered", ids: #"{"customer_id":"C4"}"#,
      data: #"{"name":"L\u00ea Qu\u1ed1c Kh\u00e1nh","birthday":"1985-11-02"}"#),
  ]

  private func duplicates(_ platform: Platform, minimumScore: Double = 0.2) throws -> [PossibleDuplicate] {
    var found: [PossibleDuplicate] = []
    try platform.ask { snapshot in
      try PossibleDuplicates(in: snapshot).forEach(minimumScore: minimumScore, in: snapshot) {
        found.append($0)
        return true
      }
    }
    return found
  }

  private func customers(_ duplicate: PossibleDuplicate) -> Set<String> {
    Set([duplicate.first, duplicate.second].compactMap { $0.person.contacts.first?.identifier.value })
  }

  @Test("Two spellings of one Vietnamese name with one birthday are found, with the reasons, and strangers are not")
  func spellings() throws {
    let found = try duplicates(try Shop().open(Self.people))
    #expect(found.map(customers) == [["C1", "C2"]])
    let pair = try #require(found.first)
    #expect(pair.score > 0.2 && pair.score <= 1)
    #expect(pair.reasons.contains("same name") && pair.reasons.contains("same birthday"), "\(pair.reasons)")
  }

  @Test("A pair that an operator keeps apart is left out until that is taken back")
  func unlinked() throws {
    let platform = try Shop().open(Self.people)
    let (mail, other) = (
      Identifier(type: "email", value: "huong.nguyen@example.vn"), Identifier(type: "customer_id", value: "C2")
    )
    try platform.decide(.unlink, mail, other, by: "lan", reason: "sisters")
    try platform.project()
    #expect(try duplicates(platform).isEmpty)
    try platform.decide(.withdraw, mail, other, by: "lan", reason: nil)
    try platform.project()
    #expect(try duplicates(platform).map(customers) == [["C1", "C2"]])
  }

  @Test("A pair that was linked is one person, and no candidate")
  func linked() throws {
    let platform = try Shop().open(Self.people)
    try platform.decide(
      .link, Identifier(type: "customer_id", value: "C1"), Identifier(type: "customer_id", value: "C2"), by: "lan",
      reason: nil)
    try platform.project()
    #expect(try duplicates(platform).isEmpty)
  }

  @Test("Pairs come best first, and no more of them than are asked for")
  func order() throws {
    let platform = try Shop().open(
      Self.people + [
        event(
          "5", "customer.registered", ids: #"{"customer_id":"C5"}"#,
          data: #"{"name":"Tran Van Binh","birthday":"1971-01-03"}"#)
      ])
    let found = try duplicates(platform, minimumScore: 0.01)
    #expect(found.count >= 2)
    #expect(zip(found, found.dropFirst()).allSatisfy { $0.score >= $1.score })
    var count = 0
    try platform.ask { snapshot in
      try PossibleDuplicates(in: snapshot).forEach(minimumScore: 0.01, in: snapshot) { _ in
        count += 1
        return false
      }
    }
    #expect(count == 1)
  }
}
