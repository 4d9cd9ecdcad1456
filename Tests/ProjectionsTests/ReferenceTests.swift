import EventLog
import Events
import GeneratedEvents
import Hashing
import Identity
import Projections
import ReadModels
import Testing

/// Profiles against a reference that knows no store, no batches and no hashes. Each argument is a seed.
@Suite("The rows of a generation")
struct ReferenceTests {
  @Test("say of people what a naive fold and search says", arguments: 0..<12)
  func people(seed: Int) throws {
    let (store, reference) = try project(seed)
    let found = try ProfileContents(store.project(statesMax: 40))
    let expected = reference.people()
    #expect(found.people == expected.mapValues(\.person))
    #expect(found.members == expected.mapValues { Set($0.members.map { IdentifierKey($0) }) })
    #expect(found.membership.filter { found.people[$0.key] != nil } == found.members)
    for (key, members) in found.membership where found.people[key] == nil {
      #expect(members == [key] && found.unlinkable[key] != nil, "what is nobody's links nobody")
    }
    let linksNobody = reference.identifiers.keys.filter { reference.grouping.linksNobody([$0], .standard) }
    #expect(Set(found.unlinkable.keys) == Set(linksNobody.map { IdentifierKey($0) }))
    for stage in Person.Stage.allCases {
      #expect(found.stages[Int(stage.rawValue)] == expected.values.count { $0.person.stage == stage })
    }
    #expect(found.ordersWithoutOwner == reference.orders.values.count { $0.owner == nil })
    #expect(found.creditsWithoutOwner == reference.credits.values.count { $0.owner == nil })
  }

  @Test("say of products and campaigns what adding up all orders, messages and people gives", arguments: 0..<8)
  func tallies(seed: Int) throws {
    let (store, reference) = try project(seed)
    let found = try ProfileContents(store.project(statesMax: 40))
    let (orders, people) = (Array(reference.orders.values), reference.people().values.map(\.person))
    let products = orders.flatMap { ProductState.parts(of: $0) } + people.flatMap { ProductState.parts(of: $0) }
    let campaigns =
      reference.messages.values.flatMap { CampaignState.parts(of: $0) }
      + people.flatMap { CampaignState.parts(of: $0) }
    #expect(found.products == Self.sums(products) { $0.sku })
    #expect(found.pairs == Self.sums(orders.flatMap { ProductPairState.parts(of: $0) }) { "\($0.key)" })
    #expect(found.campaigns == Self.sums(campaigns) { "\($0.key)" })
    #expect(found.baskets == orders.count { $0.isBasket })
    for (sku, last) in found.lastSold {
      let sales = orders.flatMap(\.sales).filter { $0.product == ProductState.key(sku: sku) }
      #expect(last == sales.map(\.placedAt).max())
    }
  }

  private static func sums<State: TallyState>(_ parts: [State], _ name: (State) -> String) -> [String: State] {
    Dictionary(parts.map { (name($0), $0) }) { a, b in
      var sum = a
      sum.merge(b)
      return sum
    }.filter { !$0.value.isEmpty }
  }

  @Test("give every entity, and to every identifier those that belong to it", arguments: 0..<6)
  func entities(seed: Int) throws {
    let (store, reference) = try project(seed)
    let expected = reference.owned()
    try store.project(statesMax: 60).read { snapshot in
      let orders = try reference.orders.keys.map { (id) in (id, try snapshot.order(id: id)) }
      #expect(Dictionary(uniqueKeysWithValues: orders) == reference.orders)
      let tickets = try reference.tickets.keys.map { (id) in (id, try snapshot.ticket(id: id)) }
      #expect(Dictionary(uniqueKeysWithValues: tickets) == reference.tickets)
      let messages = try reference.messages.keys.map { (id) in (id, try snapshot.message(EntityKey(.message, id: id))) }
      #expect(Dictionary(uniqueKeysWithValues: messages) == reference.messages)
      let credits = try reference.credits.keys.map { (id) in (id, try snapshot.credit(EntityKey(.credit, id: id))) }
      #expect(Dictionary(uniqueKeysWithValues: credits) == reference.credits)
      for identifier in reference.identifiers.keys {
        let key = IdentifierKey(identifier)
        #expect(Set(try snapshot.entities(of: key)) == expected[key, default: []])
      }
    }
  }

  @Test("give the events of every identifier and entity in order", arguments: 0..<6)
  func timelines(seed: Int) throws {
    let (store, reference) = try project(seed)
    try store.project(statesMax: 30).read { snapshot in
      for (subject, indices) in reference.timelines {
        let positions = try snapshot.timeline(of: [subject])
        #expect(positions == indices.map { Position($0) + 1 })
      }
      for (key, expected) in reference.people() {
        let subjects = Set(try snapshot.subjects(of: key))
        #expect(expected.members.allSatisfy { subjects.contains(IdentifierKey($0).hash) })
        let events = subjects.reduce(into: Set<Int>()) { $0.formUnion(reference.timelines[$1] ?? []) }
        let positions = try snapshot.timeline(of: subjects)
        #expect(positions == events.sorted().map { Position($0) + 1 })
      }
    }
  }

  @Test("find a person by any id that one of its identifiers gives", arguments: 0..<3)
  func ids(seed: Int) throws {
    let (store, reference) = try project(seed)
    try store.project().read { snapshot in
      for (key, expected) in reference.people() {
        for member in expected.members {
          let id = try #require(PersonID(PersonID(IdentifierKey(member)).description))
          let found = try snapshot.identifier(of: id)
          #expect(found == IdentifierKey(member))
          let person = try snapshot.person(of: IdentifierKey(member))
          #expect(person?.key == key)
        }
      }
      let nobody = try snapshot.identifier(of: PersonID(IdentifierKey(Identifier(type: "email", value: "nobody"))))
      #expect(nobody == nil)
    }
  }

  @Test("keep a long timeline whole over many small batches")
  func longTimeline() throws {
    let store = try TestStore()
    let visitor = [(type: "anonymous_id", value: "c1")]
    for batch in 0..<20 {
      try store.append(
        (0..<150).map { number in
          GeneratedEvent(
            time: 1_767_225_600_000_000, source: "web", id: "\(batch)-\(number)", type: "page.viewed", ids: visitor)
        })
      let generation = try store.project()
      generation.close()
    }
    let subject = IdentifierKey(Identifier(type: "anonymous_id", value: "c1")).hash
    let positions = try store.project().read { try $0.timeline(of: [subject]) }
    #expect(positions == Array(1...3000))
  }

  private func project(_ seed: Int) throws -> (TestStore, Reference) {
    var generator = EventGenerator(seed: UInt64(seed))
    generator.people = 15 + seed * 12
    generator.entities = 20 + seed * 10
    let events = generator.events(200 + seed * 50)
    return (try TestStore(events), try Reference(events))
  }
}

extension Reference {
  /// The entities by the identifier that they belong to.
  fileprivate func owned() -> [IdentifierKey: Set<EntityKey>] {
    var owned: [IdentifierKey: Set<EntityKey>] = [:]
    func add<State: EntityState>(_ kind: EntityKind, _ states: [String: State]) {
      for (id, state) in states {
        if let owner = state.owner { owned[owner.identifier, default: []].insert(EntityKey(kind, id: id)) }
      }
    }
    add(.order, orders)
    add(.ticket, tickets)
    add(.message, messages)
    add(.credit, credits)
    return owned
  }
}
