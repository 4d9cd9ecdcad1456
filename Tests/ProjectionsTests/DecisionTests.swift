import Events
import GeneratedEvents
import Identity
import Projections
import ReadModels
import Testing

/// What operators decide about two identifiers, and what becomes of it when they change their minds.
@Suite("Decisions about who is who")
struct DecisionTests {
  @Test("taken back leave the people that were there before", arguments: 0..<25)
  func undone(seed: Int) throws {
    var shop = try DecidedShop(seed)
    for (first, expectsOne) in [("identity.linked", true), ("identity.unlinked", false)] {
      guard let (a, b) = shop.pair(where: { _, _ in true }) else { continue }
      try shop.decide(first, a, b)
      #expect(try shop.areOne(a, b) == expectsOne, "the newest decision stands, whatever else was decided")
      try shop.decide("identity.withdrawn", a, b)
      try shop.expectFormerPeople()
    }
  }

  @Test("that two people are one and then that they are not leave the people that were there before", arguments: 0..<25)
  func linkedThenUnlinked(seed: Int) throws {
    var shop = try DecidedShop(seed)
    let former = shop.former
    guard let (a, b) = shop.pair(where: { former.person(of: $0) != former.person(of: $1) }) else { return }
    try shop.decide("identity.linked", a, b)
    #expect(try shop.areOne(a, b))
    try shop.decide("identity.unlinked", a, b)
    try shop.expectFormerPeople()
  }

  @Test("that one person is two and then that it is one leave the people that were there before", arguments: 0..<25)
  func unlinkedThenLinked(seed: Int) throws {
    var shop = try DecidedShop(seed)
    let former = shop.former
    guard let (a, b) = shop.pair(where: { former.person(of: $0) == former.person(of: $1) }) else { return }
    try shop.decide("identity.unlinked", a, b)
    #expect(try !shop.areOne(a, b))
    try shop.decide("identity.linked", a, b)
    try shop.expectFormerPeople()
  }

  /// The orders of three things, as places.
  static let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]

  @Test("that cannot all hold do so newest first, in whatever order they arrive", arguments: orders, orders)
  func cycle(times: [Int], arrival: [Int]) throws {
    let (a, b, c) = (("email", "a@x.vn"), ("email", "b@x.vn"), ("email", "c@x.vn"))
    let decisions = [
      decision("identity.linked", a, b, minute: 10 + times[0]),
      decision("identity.linked", b, c, minute: 10 + times[1]),
      decision("identity.unlinked", a, c, minute: 10 + times[2]),
    ]
    let people = [a, b, c].enumerated().map { seen([$1], minute: $0) }
    let expected: Set<Set<String>> =
      if times[2] == 0 { [["a@x.vn", "b@x.vn", "c@x.vn"]] } else if times[0] > times[1] {
        [["a@x.vn", "b@x.vn"], ["c@x.vn"]]
      } else { [["a@x.vn"], ["b@x.vn", "c@x.vn"]] }
    let store = try TestStore(people)
    let generation = try store.project()
    for index in arrival {
      try store.append([decisions[index]])
      try store.catchUp(generation)
    }
    #expect(try values(generation) == expected, "one by one")
    let whole = try TestStore(people + arrival.map { decisions[$0] }).project()
    #expect(try values(whole) == expected, "at once")
    #expect(try ProfileContents(generation) == ProfileContents(whole))
  }

  @Test("of the same time stand by source and id, in whatever order they arrive", arguments: [false, true])
  func ties(isReversed: Bool) throws {
    let (a, b) = (("email", "a@x.vn"), ("phone", "+84901234567"))
    let decisions = [
      decision("identity.linked", a, b, minute: 5, id: "1"), decision("identity.unlinked", b, a, minute: 5, id: "2"),
    ]
    let events = [seen([a, b], minute: 1)] + (isReversed ? decisions.reversed() : decisions)
    let store = try TestStore([events[0]])
    let generation = try store.project()
    for event in events.dropFirst() {
      try store.append([event])
      try store.catchUp(generation)
    }
    #expect(try values(generation) == [[a.1], [b.1]])
  }

  @Test("about a shared identifier give it to one person, and only until they are taken back")
  func shared() throws {
    let phone = ("phone", "+84901234567")
    var events = [
      seen([("customer_id", "C1"), phone], minute: 1), seen([("customer_id", "C2"), phone], minute: 2),
    ]
    let apart: Set<Set<String>> = [["C1"], ["C2"]]
    #expect(try values(TestStore(events).project()) == apart)
    events.append(decision("identity.linked", ("customer_id", "C2"), phone, minute: 3))
    let store = try TestStore(events)
    #expect(try values(store.project()) == [["C1"], ["C2", phone.1]])
    #expect(
      try store.project().read { try $0.standing(of: IdentifierKey(Identifier(type: "phone", value: phone.1))) }
        == .shared)
    try store.append([decision("identity.withdrawn", phone, ("customer_id", "C2"), minute: 4)])
    #expect(try values(store.project()) == apart)
  }

  @Test("make one person of two customer numbers, though evidence never does")
  func limits() throws {
    let (c1, c2, c3) = (("customer_id", "C1"), ("customer_id", "C2"), ("customer_id", "C3"))
    let card = ("marketplace_id", "M")
    let store = try TestStore([
      seen([c1, card], minute: 1), seen([c2, card], minute: 2), seen([c3, card], minute: 3),
    ])
    #expect(try values(store.project()) == [["C1", "M"], ["C2"], ["C3"]])
    try store.append([decision("identity.linked", c1, c2, minute: 4)])
    #expect(try values(store.project()) == [["C1", "C2", "M"], ["C3"]])
    #expect(try ProfileContents(store.project()).conflicts.count == 1, "the third is kept out as before")
    try store.append([decision("identity.unlinked", c1, c2, minute: 5)])
    #expect(try values(store.project()) == [["C1", "M"], ["C2"], ["C3"]])
    #expect(try ProfileContents(store.project()).conflicts.count == 2)
  }

  @Test("about identifiers that nobody has seen make them known, and stay when events bring them")
  func unseen() throws {
    let (a, b) = (("email", "new@x.vn"), ("phone", "+84901234567"))
    let store = try TestStore([decision("identity.linked", a, b, minute: 5)])
    #expect(try values(store.project()) == [[a.1, b.1]])
    try store.append([seen([("customer_id", "C1"), a], minute: 6), seen([("customer_id", "C2"), b], minute: 7)])
    #expect(
      try values(store.project()) == [["C1", a.1, b.1], ["C2"]], "the stronger link first, as the rules have it")
    try store.append([decision("identity.withdrawn", a, b, minute: 8)])
    #expect(try values(store.project()) == [["C1", a.1], ["C2", b.1]])
  }

  @Test("that keep apart what was never seen hold for the events that would join it")
  func unseenApart() throws {
    let (a, b) = (("email", "new@x.vn"), ("phone", "+84901234567"))
    let store = try TestStore([decision("identity.unlinked", a, b, minute: 9)])
    _ = try store.project()
    try store.append([seen([a, b], minute: 1)])
    #expect(try values(store.project()) == [[a.1], [b.1]])
    #expect(try ProfileContents(store.project()).conflicts.count == 1)
  }

  @Test("that are in no force say nothing: a link that newer decisions contradict, and an unlink likewise")
  func contradicted() throws {
    let ids = ["a", "b", "c", "d"].map { ("email", "\($0)@x.vn") }
    let (a, b, c, d) = (ids[0], ids[1], ids[2], ids[3])
    let people = ids.enumerated().map { seen([$1], minute: $0) }
    // Newest first: a and b are one, b and c are not; that a is c contradicts both.
    let link = try TestStore(
      people + [
        decision("identity.linked", a, b, minute: 30), decision("identity.unlinked", b, c, minute: 20),
        decision("identity.linked", a, c, minute: 10), decision("identity.linked", c, d, minute: 5),
      ])
    #expect(try values(link.project()) == [[a.1, b.1], [c.1, d.1]])
    let unlink = try TestStore(
      people + [
        decision("identity.linked", a, b, minute: 30), decision("identity.linked", b, c, minute: 20),
        decision("identity.unlinked", a, c, minute: 10), decision("identity.linked", c, d, minute: 5),
      ])
    #expect(try values(unlink.project()) == [[a.1, b.1, c.1, d.1]])
  }

  @Test(
    "that cannot be acted upon and are in the log all the same are parked with the reason",
    arguments: [
      (
        #"{"fax":"1"}"#, #"{"email":"a@x.vn"}"#,
        "data.a: there is no identifier type 'fax'; add it to the configuration"
      ),
      (#"{"email":"a@x.vn"}"#, #"{"email":"a@x.vn"}"#, "data.a and data.b are the same identifier"),
    ])
  func parked(a: String, b: String, reason: String) throws {
    let (c1, mail) = (("customer_id", "C1"), ("email", "an@x.vn"))
    let first = [seen([c1, mail], minute: 1)]
    let bad = GeneratedEvent(
      time: minute(2), source: "crm", id: "bad", type: "identity.unlinked", ids: [(type: "customer_id", value: "C1")],
      data: #"{"a":\#(a),"b":\#(b),"by":"lan"}"#)
    let last = seen([c1, ("loyalty_id", "L")], minute: 3)
    for grows in [false, true] {
      let store = try TestStore(first)
      if grows { _ = try store.project() }
      try store.append([bad, last])
      let generation = try store.project()
      let parked = try generation.parked(limit: 10)
      #expect(parked.map(\.position) == [2] && parked.map(\.reason) == [reason])
      #expect(try values(generation) == [["C1", "L", "an@x.vn"]], "what comes after is folded")
    }
  }
}

/// A random shop, and the decisions of a late hour on top of it.
private struct DecidedShop {
  let former: ProfileContents
  private let store: TestStore
  private let generation: Generation
  private let identifiers: [IdentifierKey: Identifier]
  private let decided: Set<Set<IdentifierKey>>
  private var random: SeededGenerator
  private var hour = 0

  init(_ seed: Int) throws {
    var generator = EventGenerator(seed: UInt64(8800 + seed))
    generator.people = 4 + seed
    generator.decisionShare = [0, 20, 6][seed % 3]
    let events = generator.events(180)
    store = try TestStore(events)
    generation = try store.project()
    former = try ProfileContents(generation)
    random = generator.random
    var identifiers: [IdentifierKey: Identifier] = [:]
    var decided: Set<Set<IdentifierKey>> = []
    for event in events {
      var named = event.ids
      if let decision = event.decision {
        named += [decision.a, decision.b]
        decided.insert(Set([decision.a, decision.b].map { IdentifierKey(Identifier(type: $0.type, value: $0.value)) }))
      }
      for id in named {
        let identifier = Identifier(type: id.type, value: id.value)
        identifiers[IdentifierKey(identifier)] = identifier
      }
    }
    (self.identifiers, self.decided) = (identifiers, decided)
  }

  /// Two identifiers about which nothing is decided, and for which a condition holds.
  mutating func pair(where isWanted: (IdentifierKey, IdentifierKey) -> Bool) -> (Identifier, Identifier)? {
    let keys = identifiers.keys.sorted()
    for _ in 0..<2000 {
      let (a, b) = (random.pick(keys), random.pick(keys))
      guard a != b, !decided.contains([a, b]), isWanted(a, b), let first = identifiers[a], let second = identifiers[b]
      else { continue }
      return (first, second)
    }
    return nil
  }

  /// Takes a decision later than everything before, and folds it.
  mutating func decide(_ type: String, _ a: Identifier, _ b: Identifier) throws {
    hour += 1
    try store.append([decision(type, (a.type, a.value), (b.type, b.value), minute: 1_000_000 + hour)])
    try store.catchUp(generation)
  }

  func areOne(_ a: Identifier, _ b: Identifier) throws -> Bool {
    let now = try ProfileContents(generation)
    return now.person(of: IdentifierKey(a)) == now.person(of: IdentifierKey(b))
  }

  /// Who is one person is as it was, and what is known of them. Only timelines tell more.
  func expectFormerPeople(place: SourceLocation = #_sourceLocation) throws {
    let now = try ProfileContents(generation)
    #expect(now.membership == former.membership, sourceLocation: place)
    #expect(now.members == former.members, sourceLocation: place)
    #expect(now.unlinkable == former.unlinkable, sourceLocation: place)
    #expect(now.conflicts == former.conflicts, sourceLocation: place)
    #expect(now.people == former.people, sourceLocation: place)
    #expect(now.stages == former.stages, sourceLocation: place)
  }
}

extension ProfileContents {
  fileprivate func person(of identifier: IdentifierKey) -> IdentifierKey? {
    membership.first { $0.value.contains(identifier) }?.key
  }
}

/// The values of each person's identifiers.
private func values(_ generation: Generation) throws -> Set<Set<String>> {
  Set(try ProfileContents(generation).people.values.map { Set($0.contacts.map(\.identifier.value)) })
}

private func minute(_ number: Int) -> Int64 { 1_767_225_600_000_000 + Int64(number) * 60_000_000 }

private func seen(_ ids: [(String, String)], minute number: Int) -> GeneratedEvent {
  GeneratedEvent(
    time: minute(number), source: "web", id: "\(number)", type: "lead.captured",
    ids: ids.map { (type: $0.0, value: $0.1) })
}

private func decision(
  _ type: String, _ a: (String, String), _ b: (String, String), minute number: Int, id: String? = nil
) -> GeneratedEvent {
  GeneratedEvent(
    time: minute(number), source: "crm", id: id ?? "d\(number)", type: type,
    data: "{\"a\":{\(quoted(a.0)):\(quoted(a.1))},\"b\":{\(quoted(b.0)):\(quoted(b.1))},\"by\":\"lan\"}")
}
