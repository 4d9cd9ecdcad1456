import EventLog
import Events
import Identity
import Platform
import Projections
import ReadModels
import Testing

@Suite("Why two identifiers are one person, or are not")
struct IdentityExplanationTests {
  private func explain(_ platform: Platform, _ a: String, _ b: String) throws -> IdentityExplanation {
    try platform.ask { snapshot in
      try IdentityExplainer(platform.configuration.identifiers).explain(named(a), named(b), in: snapshot)
    }
  }

  private func named(_ text: String) -> Identifier {
    let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
    return Identifier(type: parts[0], value: parts.last ?? "")
  }

  /// The identifiers that a path goes through, from its beginning.
  private func way(_ platform: Platform, _ path: [IdentityStep]) throws -> [String] {
    let keys = path.first.map { [$0.from] + path.map(\.to) } ?? []
    return try platform.ask { snapshot in
      try keys.map { try snapshot.identifierState($0)?.identifier.description ?? "?" }
    }
  }

  /// A chain of one person: C1, a mail address, a telephone, a device.
  private static let chain = [
    event("1", ids: #"{"customer_id":"C1","email":"an@x.vn"}"#),
    event("2", ids: #"{"email":"an@x.vn","phone":"0901234567"}"#),
    event("3", ids: #"{"email":"an@x.vn","phone":"0901234567"}"#),
    event("4", ids: #"{"phone":"0901234567","anonymous_id":"d1"}"#),
  ]

  private let c1 = "customer_id:C1"
  private let mail = "email:an@x.vn"
  private let phone = "phone:+84901234567"
  private let device = "anonymous_id:d1"

  @Test("A chain of events is told link by link, from either end")
  func chain() throws {
    let platform = try Shop().open(Self.chain)
    let there = try explain(platform, c1, device)
    #expect(there.isOnePerson && there.obstacles.isEmpty && there.personA == there.personB)
    #expect(try way(platform, there.path) == [c1, mail, phone, device])
    let counts = there.path.map { step in if case .link(let link) = step.evidence { link.events } else { -1 } }
    #expect(counts == [1, 2, 1])
    #expect(try way(platform, explain(platform, device, c1).path) == [device, phone, mail, c1])
    #expect(try way(platform, explain(platform, mail, phone).path) == [mail, phone])
  }

  @Test("An identifier is one person with itself, by no way at all")
  func itself() throws {
    let platform = try Shop().open(Self.chain)
    let explanation = try explain(platform, c1, c1)
    #expect(explanation.isOnePerson && explanation.path.isEmpty && explanation.obstacles.isEmpty)
  }

  @Test("The shortest of several ways is told, and a decision before evidence")
  func shortest() throws {
    let shop = try Shop()
    let platform = try shop.open(Self.chain + [event("5", ids: #"{"customer_id":"C1","anonymous_id":"d1"}"#)])
    #expect(try way(platform, explain(platform, c1, device).path) == [c1, device])
    try platform.decide(.link, named(mail), named(device), by: "lan", reason: "asked")
    try platform.project()
    let step = try #require(try explain(platform, mail, device).path.first)
    guard case .decision(let state) = step.evidence else { return #expect(Bool(false), "\(step.evidence)") }
    #expect(state.decision?.by == "lan" && state.decision?.reason == "asked")
  }

  @Test("A shared identifier in between is named, with what it was seen with")
  func shared() throws {
    let platform = try Shop().open([
      event("1", ids: #"{"customer_id":"C1","phone":"0901234567"}"#),
      event("2", ids: #"{"customer_id":"C2","phone":"0901234567","email":"bo@x.vn"}"#),
      event("3", ids: #"{"email":"cy@x.vn","phone":"0901234567"}"#),
    ])
    let explanation = try explain(platform, c1, "customer_id:C2")
    #expect(!explanation.isOnePerson)
    #expect(try way(platform, explanation.path) == [c1, phone, "customer_id:C2"])
    for obstacle in explanation.obstacles {
      guard case .shared(let identifier, let seen) = obstacle else { return #expect(Bool(false), "\(obstacle)") }
      #expect(identifier == named(phone) && seen == ["customer_id": 2, "email": 1])
    }
    #expect(!explanation.obstacles.isEmpty)
  }

  @Test("A blocked identifier in between is named")
  func blocked() throws {
    let platform = try Shop(configuration: "identity:\n  blocked_patterns: ['email:*@kiosk.vn']\n").open([
      event("1", ids: #"{"customer_id":"C1","email":"till@kiosk.vn"}"#),
      event("2", ids: #"{"customer_id":"C2","email":"till@kiosk.vn"}"#),
    ])
    let explanation = try explain(platform, c1, "email:till@kiosk.vn")
    guard case .blocked(let identifier)? = explanation.obstacles.first else {
      return #expect(Bool(false), "\(explanation.obstacles)")
    }
    #expect(!explanation.isOnePerson && identifier == named("email:till@kiosk.vn"))
  }

  @Test("Types that may not be linked are named")
  func types() throws {
    let configuration = "identity:\n  types: [customer_id, email, {name: device, links_with: [customer_id]}]\n"
    let platform = try Shop(configuration: configuration).open([event("1", ids: #"{"email":"an@x.vn","device":"d1"}"#)])
    let explanation = try explain(platform, mail, "device:d1")
    guard case .typesMayNotLink(let a, let b)? = explanation.obstacles.first, explanation.obstacles.count == 1 else {
      return #expect(Bool(false), "\(explanation.obstacles)")
    }
    #expect(!explanation.isOnePerson && a == named(mail) && b == named("device:d1"))
  }

  private static let conflict = [
    event("1", time: "2026-02-28T12:00:00Z", ids: #"{"customer_id":"C1","marketplace_id":"M"}"#),
    event("2", time: "2026-02-28T12:01:00Z", ids: #"{"customer_id":"C2","marketplace_id":"M"}"#),
    event("3", time: "2026-02-28T12:02:00Z", ids: #"{"customer_id":"C2","email":"bo@x.vn"}"#),
  ]

  @Test("A limit that keeps two people apart is named with the values that are too many")
  func conflict() throws {
    let platform = try Shop().open(Self.conflict)
    let explanation = try explain(platform, c1, "email:bo@x.vn")
    #expect(try way(platform, explanation.path) == [c1, "marketplace_id:M", "customer_id:C2", "email:bo@x.vn"])
    guard case .conflict(_, let reason)? = explanation.obstacles.first, explanation.obstacles.count == 1 else {
      return #expect(Bool(false), "\(explanation.obstacles)")
    }
    #expect(!explanation.isOnePerson && reason == .limit(type: "customer_id", max: 1, ["C1"], ["C2"]))
    #expect(reason.description == "a person holds at most 1 customer_id: C1 and C2")
  }

  @Test("What an operator keeps apart is named, with who decided and why")
  func unlinked() throws {
    let shop = try Shop()
    let platform = try shop.open(Self.chain)
    try platform.decide(.unlink, named(phone), named(device), by: "lan", reason: "a lent telephone")
    try platform.project()
    let direct = try explain(platform, phone, device)
    guard case .unlinked(let a, let b, let state)? = direct.obstacles.first else {
      return #expect(Bool(false), "\(direct.obstacles)")
    }
    #expect(a == named(phone) && b == named(device))
    #expect(state.decision?.by == "lan" && state.decision?.reason == "a lent telephone")
    let far = try explain(platform, c1, device)
    guard case .conflict(_, .unlinked(let first, let second))? = far.obstacles.first else {
      return #expect(Bool(false), "\(far.obstacles)")
    }
    #expect(Set([first, second]) == [named(phone), named(device)])
    try platform.decide(.withdraw, named(device), named(phone), by: "lan", reason: nil)
    try platform.project()
    #expect(try explain(platform, c1, device).isOnePerson)
  }

  @Test("What an operator keeps apart though nothing brings it together is named too")
  func unlinkedStrangers() throws {
    let platform = try Shop().open([event("1", ids: #"{"email":"a@x.vn"}"#), event("2", ids: #"{"email":"b@x.vn"}"#)])
    try platform.decide(.unlink, named("email:a@x.vn"), named("email:b@x.vn"), by: "lan", reason: nil)
    try platform.project()
    let explanation = try explain(platform, "email:b@x.vn", "email:a@x.vn")
    guard case .unlinked? = explanation.obstacles.first, explanation.obstacles.count == 1 else {
      return #expect(Bool(false), "\(explanation.obstacles)")
    }
    #expect(explanation.path.isEmpty)
  }

  @Test("Strangers have no way between them")
  func noPath() throws {
    let platform = try Shop().open(Self.chain + [event("9", ids: #"{"email":"bo@x.vn"}"#)])
    let explanation = try explain(platform, c1, "email:bo@x.vn")
    guard case .noPath? = explanation.obstacles.first, explanation.obstacles.count == 1 else {
      return #expect(Bool(false), "\(explanation.obstacles)")
    }
    #expect(!explanation.isOnePerson && explanation.path.isEmpty)
  }

  @Test("An identifier that was never seen is nobody, whichever of the two it is")
  func unknown() throws {
    let platform = try Shop().open(Self.chain)
    for (a, b) in [(c1, "email:nobody@x.vn"), ("email:nobody@x.vn", c1)] {
      let error = #expect(throws: LookupError.self) { try explain(platform, a, b) }
      guard case .nobody("email:nobody@x.vn")? = error else {
        return #expect(Bool(false), "\(String(describing: error))")
      }
    }
  }

  @Test(
    "A link by decision that newer decisions contradict is explained by these, also where an end is shared")
  func contradictedLink() throws {
    let platform = try Shop().open([
      event("1", ids: #"{"customer_id":"C1","phone":"0901234567"}"#),
      event("2", ids: #"{"customer_id":"C2","phone":"0901234567"}"#),
    ])
    let (a, b) = (named(c1), named("customer_id:C2"))
    for (decision, first, second) in [
      (IdentityDecision.link, a, named(phone)), (.link, b, named(phone)), (.unlink, a, b),
    ] {
      try platform.decide(decision, first, second, by: "lan", reason: nil)
    }
    try platform.project()
    #expect(try explain(platform, "customer_id:C2", phone).isOnePerson)
    let explanation = try explain(platform, c1, phone)
    #expect(!explanation.isOnePerson)
    let reasons = explanation.obstacles.compactMap { obstacle in
      if case .conflict(_, let reason) = obstacle { reason } else { nil as ConflictReason? }
    }
    #expect(reasons == [.unlinked(a, b)], "not that the telephone is shared: decisions hold for shared values too")
  }

  @Test("The first events of a link are found in the log, as many as are asked for")
  func evidence() throws {
    let platform = try Shop().open(Self.chain)
    let path = try explain(platform, c1, device).path
    let evidence = StepEvidence(platform.log)
    try platform.ask { snapshot in
      let events = try path.map { try evidence.events(of: $0, limit: 5, in: snapshot) }
      #expect(events.map { $0.map(\.position) } == [[1], [2, 3], [4]])
      #expect(events[1].map(\.id) == ["2", "3"] && Set(events[1].map(\.type)) == ["lead.captured"])
      #expect(events[1].map(\.source) == ["web", "web"])
      let first = try evidence.events(of: path[1], limit: 1, in: snapshot)
      #expect(first.map(\.position) == [2])
      let none = try evidence.events(of: path[1], limit: 0, in: snapshot)
      #expect(none.isEmpty)
    }
  }

  @Test("The events of a decision are those about the two, not those about one of them and somebody else")
  func evidenceOfDecision() throws {
    let platform = try Shop().open([
      event("1", ids: #"{"email":"a@x.vn"}"#), event("2", ids: #"{"email":"b@x.vn"}"#),
      event("3", ids: #"{"email":"c@x.vn"}"#),
    ])
    let (a, b, c) = (named("email:a@x.vn"), named("email:b@x.vn"), named("email:c@x.vn"))
    try platform.decide(.link, a, b, by: "lan", reason: nil)
    try platform.decide(.link, c, a, by: "lan", reason: nil)
    try platform.project()
    let evidence = StepEvidence(platform.log)
    for (other, position) in [(b, 4), (c, 5)] {
      let path = try explain(platform, a.description, other.description).path
      let events = try platform.ask { try evidence.events(of: path[0], limit: 5, in: $0) }
      #expect(path.count == 1 && events.map { Int($0.position) } == [position])
    }
  }
}
