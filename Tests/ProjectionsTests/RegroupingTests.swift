import Events
import GeneratedEvents
import Identity
import Projections
import ReadModels
import Testing

/// Other rules for the people that there are. Each argument is a seed.
@Suite("Grouping people by other rules")
struct RegroupingTests {
  @Test("gives the generation that the log gives by these rules", arguments: 0..<30)
  func regrouping(seed: Int) throws {
    var shop = RandomShop(seed)
    let (store, rules) = (try TestStore(shop.events(300)), shop.rules())
    let regrouped = try store.regrouped(try store.project(), by: rules)
    let built = try store.built(by: rules)
    try expectSame(regrouped, built)
    #expect(try regrouped.checkpoint().position == built.checkpoint().position)
    #expect(try regrouped.settings()?.identifiers == rules)
  }

  @Test("goes on with the events that come later, by the same rules, in one batch or many", arguments: 0..<20)
  func later(seed: Int) throws {
    var shop = RandomShop(seed)
    let (store, rules) = (try TestStore(shop.events(200)), shop.rules())
    let regrouped = try store.regrouped(try store.project(), by: rules)
    for _ in 0..<3 {
      try store.append(shop.events(shop.random.number(1..<60)))
      // The rules that a projector is opened with are not those of a generation that has events.
      try store.catchUp(regrouped, statesMax: shop.random.pick([nil, 1, 9]))
    }
    try expectSame(regrouped, try store.built(by: rules))
    #expect(try regrouped.settings()?.identifiers == rules)
  }

  @Test("back and forth gives the generation that was there before", arguments: 0..<10)
  func backAndForth(seed: Int) throws {
    var shop = RandomShop(seed)
    let (store, rules) = (try TestStore(shop.events(300)), shop.rules())
    let first = try store.project()
    let second = try store.regrouped(first, by: rules)
    try expectSame(try store.regrouped(second, by: .standard), first)
  }

  @Test("over several small transactions gives the same rows", arguments: 0..<3)
  func pieces(seed: Int) throws {
    var shop = RandomShop(seed)
    shop.generator.people = 300
    shop.generator.entities = 600
    let (store, rules) = (try TestStore(shop.events(4000)), shop.rules())
    let live = try store.project()
    var limits = Projector.Limits()
    limits.loadBytesMax = 64 << 10
    try expectSame(
      try store.regrouped(live, by: rules, limits), try store.regrouped(live, by: rules))
  }

  @Test("says of events that could not be folded what the generation before said")
  func parked() throws {
    let store = try TestStore([seen(["email": "an@example.com"])])
    try store.append(documents: [Array(#"{"id":"1","type":"order.paid"}"#.utf8), Array("{".utf8)])
    let live = try store.project()
    let regrouped = try store.regrouped(live, by: .standard.withLinksMax(2))
    let parked = try regrouped.parked(limit: 10)
    let expected = try live.parked(limit: 10)
    #expect(parked.count == 2)
    #expect(parked.elementsEqual(expected) { $0 == $1 })
  }

  @Test("is tried on rules by which much is shared, blocked, refused and changed")
  func hardness() throws {
    var (shared, blocked, conflicts, changed) = (0, 0, 0, 0)
    for seed in 0..<12 {
      var shop = RandomShop(seed)
      let (store, rules) = (try TestStore(shop.events(200)), shop.rules())
      let live = try store.project()
      let found = try ProfileContents(store.regrouped(live, by: rules))
      shared += found.unlinkable.values.count { $0 == .shared }
      blocked += found.unlinkable.values.count { $0 == .blocked }
      conflicts += found.conflicts.count
      if try ProfileContents(live).membership != found.membership { changed += 1 }
    }
    #expect(
      shared > 50 && blocked > 20 && conflicts > 20 && changed > 10, "\(shared) \(blocked) \(conflicts) \(changed)")
  }

  @Test("of an empty generation gives an empty one")
  func empty() throws {
    let store = try TestStore()
    let regrouped = try store.regrouped(try store.project(), by: .standard.withLinksMax(2))
    #expect(try ProfileContents(regrouped).people.isEmpty)
    #expect(try regrouped.checkpoint().position == 0)
  }

  @Test("groups as the naive model does", arguments: 0..<30)
  func naive(seed: Int) throws {
    var shop = RandomShop(seed)
    let (events, rules) = (shop.events(220), shop.rules())
    let store = try TestStore(events)
    let found = try ProfileContents(store.regrouped(try store.project(), by: rules))
    let groups = NaivePeople(events).people(rules)
    #expect(Set(found.membership.values) == Set(groups.map { Set($0.map { IdentifierKey($0) }) }))
  }

  @Test(
    "gives what the log gives also where decisions name values that are blocked or formed otherwise now",
    arguments: 0..<2)
  func decisionsUnderOtherNormalForms(number: Int) throws {
    let a = Identifier(type: "email", value: "an+shop@example.com")
    let b = Identifier(type: "phone", value: "+84901234567")
    let store = try TestStore([
      seen(["email": a.value], minute: 1), seen(["phone": b.value], minute: 2),
      GeneratedEvent(
        time: time(minute: 3), source: "crm", id: "d", type: "identity.linked",
        data: #"{"a":{"email":"\#(a.value)"},"b":{"phone":"\#(b.value)"},"by":"lan"}"#),
    ])
    let standard = IdentifierRules.standard
    var options = EmailOptions()
    options.dropsTags = true
    let dropping = standard.types.map { $0.name == "email" ? IdentifierType(name: "email", form: .email(options)) : $0 }
    let rules = [
      IdentifierRules(types: standard.types, blocked: standard.blocked + [a.value], region: .vietNam),
      IdentifierRules(types: dropping, blocked: standard.blocked, region: .vietNam),
    ][number]
    let live = try store.project()
    #expect(try ProfileContents(live).people.count == 1)
    #expect(standard.foldsLike(rules))
    let regrouped = try store.regrouped(live, by: rules)
    try expectSame(regrouped, try store.built(by: rules))
  }

  private func expectSame(
    _ found: Generation, _ expected: Generation, place: SourceLocation = #_sourceLocation
  ) throws {
    let (found, expected) = (try ProfileContents(found), try ProfileContents(expected))
    #expect(found.unlinkable == expected.unlinkable, sourceLocation: place)
    #expect(found.membership == expected.membership, sourceLocation: place)
    #expect(found.conflicts == expected.conflicts, sourceLocation: place)
    #expect(found.people == expected.people, sourceLocation: place)
    #expect(found.digest == expected.digest, sourceLocation: place)
    #expect(found == expected, sourceLocation: place)
  }
}

/// What a trial says against what comes of the rules. Each argument is a seed.
@Suite("A trial of other rules")
struct IdentityTrialTests {
  @Test("says who would be whom as two generations do", arguments: 0..<30)
  func changes(seed: Int) throws {
    var shop = RandomShop(seed)
    let (store, former, rules) = (try TestStore(shop.events(250)), shop.rules(), shop.rules())
    let live = try store.built(by: former)
    let before = try ProfileContents(live)
    let trial = try live.read { try $0.trial(of: rules) }
    let after = try ProfileContents(store.regrouped(live, by: rules))
    #expect(try ProfileContents(live) == before, "a trial changes nothing")
    #expect(trial.peopleBefore == before.people.count && trial.peopleAfter == after.people.count)
    #expect(trial.identifiers == before.membership.values.reduce(0) { $0 + $1.count })
    let expected = ExpectedTrial(before, after)
    #expect(trial.merged == expected.merged && trial.split == expected.split)
    #expect(trial.changes.count == expected.fates.count, "each identifier once")
    let found = trial.changes.map { (IdentifierKey($0.identifier), $0) }
    for (key, change) in found {
      #expect(change.fate == expected.fates[key])
      #expect(expected.before[key].map { PersonID($0) } == change.person)
      #expect(expected.after[key].map { PersonID($0) } == change.becomes)
    }
    let order = found.compactMap { key, _ in expected.after[key].map { ($0, expected.before[key] ?? $0) } }
    #expect(zip(order, order.dropFirst()).allSatisfy { $0 <= $1 }, "by the person as it would be, then as it is")
  }

  @Test("of the rules that people are grouped by changes nobody", arguments: 0..<10)
  func presentRules(seed: Int) throws {
    var shop = RandomShop(seed)
    let (store, rules) = (try TestStore(shop.events(250)), shop.rules())
    let trial = try store.built(by: rules).read { try $0.trial(of: rules) }
    #expect(trial.changes.isEmpty && trial.merged == 0 && trial.split == 0)
    #expect(trial.peopleBefore == trial.peopleAfter)
  }

  @Test("of no people is about nobody")
  func empty() throws {
    let trial = try TestStore().project().read { try $0.trial(of: .standard) }
    #expect(trial.identifiers == 0 && trial.peopleBefore == 0 && trial.peopleAfter == 0 && trial.changes.isEmpty)
  }

  @Test("tells people who become one from people who come apart, and from those who do both")
  func fates() throws {
    // The marketplace account M would join C1 and C2, but neither customer numbers nor cards may be two.
    let store = try TestStore([
      seen(["customer_id": "C1", "email": "an@example.com"], minute: 1),
      seen(["email": "an@example.com", "anonymous_id": "d1"], minute: 2),
      seen(["customer_id": "C2", "loyalty_id": "L2"], minute: 3),
      seen(["customer_id": "C1", "loyalty_id": "L1"], minute: 4),
      seen(["loyalty_id": "L2", "marketplace_id": "M"], minute: 5),
      seen(["loyalty_id": "L1", "marketplace_id": "M"], minute: 6),
    ])
    let live = try store.project()
    let open = try live.read { try $0.trial(of: .standard.withoutLimits()) }
    #expect(open.peopleBefore == 2 && open.peopleAfter == 1 && open.merged == 2 && open.split == 0)
    #expect(Set(open.changes.map(\.fate)) == [.merge] && open.changes.count == 7)
    let strict = try live.read { try $0.trial(of: .standard.blocking("email:*@example.com")) }
    #expect(strict.split == 1 && strict.merged == 0)
    #expect(Set(strict.changes.map(\.fate)) == [.split])
    let both = try live.read { try $0.trial(of: .standard.withoutLimits().blocking("email:*@example.com")) }
    #expect(both.merged == 2 && both.split == 1)
    #expect(Set(both.changes.map(\.fate)) == [.merge, .regroup])
  }
}

/// What a trial should say, from the memberships before and after.
private struct ExpectedTrial {
  private(set) var before: [IdentifierKey: IdentifierKey] = [:]
  private(set) var after: [IdentifierKey: IdentifierKey] = [:]
  private(set) var merged = 0
  private(set) var split = 0
  private(set) var fates: [IdentifierKey: IdentityTrial.Fate] = [:]

  init(_ old: ProfileContents, _ new: ProfileContents) {
    for (person, members) in old.membership { for member in members { before[member] = person } }
    for (person, members) in new.membership { for member in members { after[member] = person } }
    // What is nobody's is none of the people who could be merged.
    let known = old.people.keys.reduce(into: Set()) { $0.formUnion(old.membership[$1] ?? []) }
    for (person, members) in old.membership {
      let ends = new.membership.values.filter { !$0.isDisjoint(with: members) }
      let isSplit = ends.count > 1
      let isMerged = ends.contains { !$0.intersection(known).isSubset(of: members) }
      if isSplit { split += 1 }
      if isMerged, old.people[person] != nil { merged += 1 }
      guard isSplit || isMerged else { continue }
      for member in members { fates[member] = isSplit && isMerged ? .regroup : isMerged ? .merge : .split }
    }
  }
}

/// Random events, and random rules under which much is shared, blocked and refused.
private struct RandomShop {
  var generator: EventGenerator
  var random: SeededGenerator

  init(_ seed: Int) {
    generator = EventGenerator(seed: UInt64(9100 + seed))
    generator.people = 4 + seed % 20
    generator.decisionShare = [0, 30, 8][seed % 3]
    random = SeededGenerator(seed: UInt64(9900 + seed))
  }

  mutating func events(_ count: Int) -> [GeneratedEvent] { generator.events(count) }

  /// Rules for the standard types. Blocked values are left to patterns, which hold at no other time than grouping.
  mutating func rules() -> IdentifierRules {
    let standard = IdentifierRules.standard
    let names = standard.types.map(\.name)
    let types = standard.types.map { type in
      IdentifierType(
        name: type.name, form: type.form, limit: random.pick([nil, nil, 1, 2, 3]), sharedAbove: sharedAbove(names),
        linksMax: random.pick([2, 3, 4, 9, 1000]),
        linksWith: random.oneIn(4) ? Set(names.filter { _ in !random.oneIn(4) }) : nil)
    }
    let texts = ["email:p1*", "device-?-0", "phone:*3", "L2", "customer_id:C?", "*-1"].filter { _ in random.oneIn(4) }
    return IdentifierRules(
      types: types, blocked: standard.blocked, blockedPatterns: patterns(texts), region: standard.region)
  }

  private mutating func sharedAbove(_ names: [String]) -> [String: Int] {
    var limits: [String: Int] = [:]
    for name in names where random.oneIn(4) { limits[name] = random.number(1..<4) }
    return limits
  }
}

/// The people of events by the rules as they are documented: first what is shared, then links between what is not.
private struct NaivePeople {
  private var all = ReferenceGrouping()
  private var links: [(a: Identifier, b: Identifier, time: Int64)] = []
  private var decisions: [(a: Identifier, b: Identifier, DecisionState.Verdict, Stamp)] = []
  private var identifiers: Set<Identifier> = []

  init(_ events: [GeneratedEvent]) {
    let verdicts: [String: DecisionState.Verdict] = [
      "identity.linked": .linked, "identity.unlinked": .unlinked, "identity.withdrawn": .withdrawn,
    ]
    for event in events {
      let ids = event.ids.map { Identifier(type: $0.type, value: $0.value) }
      identifiers.formUnion(ids)
      for other in ids.dropFirst() { links.append((ids[0], other, event.time)) }
      guard let pair = event.decision, let verdict = verdicts[event.type], pair.a != pair.b else { continue }
      let (a, b) = (
        Identifier(type: pair.a.type, value: pair.a.value), Identifier(type: pair.b.type, value: pair.b.value)
      )
      identifiers.formUnion([a, b])
      decisions.append((a, b, verdict, Stamp(time: event.time, source: event.source, id: event.id)))
    }
    for link in links { all.link(link.a, link.b, at: link.time) }
  }

  func people(_ rules: IdentifierRules) -> [Set<Identifier>] {
    func type(_ identifier: Identifier) -> IdentifierType? { rules.types.first { $0.name == identifier.type } }
    func mayLink(_ a: Identifier, _ b: Identifier) -> Bool {
      let allowsB = type(a)?.linksWith.map { $0.contains(b.type) } ?? true
      let allowsA = type(b)?.linksWith.map { $0.contains(a.type) } ?? true
      return allowsA && allowsB
    }
    let nobodys = identifiers.filter { all.linksNobody([$0], rules) }
    var grouping = ReferenceGrouping()
    for (a, b, time) in links where mayLink(a, b) && !nobodys.contains(a) && !nobodys.contains(b) {
      grouping.link(a, b, at: time)
    }
    for (a, b, verdict, stamp) in decisions { grouping.decide(a, b, verdict, stamp) }
    // What is shared was settled above; only limits are left.
    let types = rules.types.map { IdentifierType(name: $0.name, limit: $0.limit, linksMax: .max) }
    return grouping.people(identifiers, IdentifierRules(types: types, blocked: [], region: rules.region))
  }
}

extension TestStore {
  /// The people of a generation by other rules.
  fileprivate func regrouped(
    _ generation: Generation, by rules: IdentifierRules, _ limits: Projector.Limits = Projector.Limits()
  ) throws -> Generation {
    let next = try generations.createNext()
    try Regrouping(FoldSettings(identifiers: rules), limits: limits).fill(next, from: generation)
    return next
  }

  /// A generation made of the log.
  fileprivate func built(by rules: IdentifierRules) throws -> Generation {
    let next = try generations.createNext()
    try Projector(next, FoldSettings(identifiers: rules)).catchUp(log)
    return next
  }
}

extension IdentifierRules {
  fileprivate func withLinksMax(_ max: Int) -> IdentifierRules { changed { $0.linksMax = max } }
  fileprivate func withoutLimits() -> IdentifierRules { changed { $0.limit = nil } }
  fileprivate func blocking(_ pattern: String) -> IdentifierRules {
    IdentifierRules(types: types, blocked: blocked, blockedPatterns: patterns([pattern]), region: region)
  }

  private func changed(_ change: (inout IdentifierType) -> Void) -> IdentifierRules {
    let types = types.map { type in
      var type = type
      change(&type)
      return type
    }
    return IdentifierRules(types: types, blocked: blocked, blockedPatterns: blockedPatterns, region: region)
  }
}

private func patterns(_ texts: [String]) -> [BlockedPattern] {
  texts.compactMap { text in
    do {
      return try BlockedPattern(text, typeNames: IdentifierRules.standard.types.map(\.name))
    } catch {
      Issue.record("\(error)")
      return nil
    }
  }
}

private func time(minute: Int) -> Int64 { 1_767_225_600_000_000 + Int64(minute) * 60_000_000 }

/// An event that carries identifiers, strongest first.
private func seen(_ ids: KeyValuePairs<String, String>, minute: Int = 0) -> GeneratedEvent {
  GeneratedEvent(
    time: time(minute: minute), source: "web", id: "\(minute)", type: "lead.captured",
    ids: ids.map { (type: $0.key, value: $0.value) })
}
