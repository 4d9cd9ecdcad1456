import Events
import Hashing
import Identity
import KeyValueStore
import ReadModels

/// An order, ticket, message or credit of somebody.
struct OwnedEntity {
  let kind: EntityKind
  let key: Hash128
  /// The slot of its state, where all states are in memory.
  let place: UInt32
}

/// Groups all identifiers of a generation into people. Identifiers are known by their index in the order of their keys.
/// Memory: about 60 bytes an identifier, 32 a link and 60 an entity.
struct PeopleLoad {
  /// What the load needs to know of an identifier's state.
  struct Facts {
    let key: Hash128
    let firstSeen: Int64
    /// The slot of the state, where all states are in memory.
    let place: UInt32
    let rank: UInt8
    let isBlocked: Bool
    let hasEvents: Bool
  }

  /// What it needs to know of an order, ticket, message or credit.
  struct Entity {
    let entity: OwnedEntity
    let owner: Hash128?
  }

  let rules: IdentifierRules
  let grouping: GroupingRules
  private(set) var graph = IdentityGraph()
  private(set) var firstSeen: [Int64] = []
  /// The slots of their states, where all are in memory.
  private(set) var places: [UInt32] = []
  /// Whether events are anchored on the identifier, or entities belong to it.
  private(set) var hasFacts: [Bool] = []
  private(set) var owned: [(owner: UInt32, entity: OwnedEntity)] = []
  /// By kind, the entities that belong to nobody.
  private(set) var ownerless: [EntityKind: Int] = [:]
  private var decisions: [(stamp: Stamp, decision: IdentityGraph.Decision)] = []
  /// Until all of them are there.
  private var identifiers: [Facts] = []
  /// Made once all identifiers were added.
  private var directory: KeyDirectory?

  init(rules: IdentifierRules) {
    self.rules = rules
    grouping = GroupingRules(rules.types)
  }

  var keys: [Hash128] { graph.keys }

  func facts(_ key: Hash128, _ place: Int, _ state: IdentifierState) -> Facts {
    Facts(
      key: key, firstSeen: state.firstSeen, place: UInt32(place),
      rank: UInt8(clamping: grouping.rank(ofType: state.identifier.type)),
      isBlocked: rules.isBlocked(state.identifier), hasEvents: state.events > 0)
  }

  /// Takes in what a piece says. Identifiers come before all others.
  mutating func add(_ facts: LoadFacts) throws {
    switch facts {
    case .none: return
    case .identifiers(let facts): identifiers += facts
    case .links(let links):
      identifiersEnd()
      for (key, firstSeen) in links { try add(key, firstSeen: firstSeen) }
    case .decisions(let decisions):
      identifiersEnd()
      for (key, bearing) in decisions { try add(key, bearing) }
    case .entities(let entities):
      identifiersEnd()
      for entity in entities { try add(entity) }
    }
  }

  /// Gives the identifiers their indices.
  private mutating func identifiersEnd() {
    guard directory == nil else { return }
    for index in identifiers.map(\.key).sortedIndices() {
      let facts = identifiers[index]
      graph.addNode(facts.key, rank: Int(facts.rank), facts.isBlocked ? .blocked : .linking)
      firstSeen.append(facts.firstSeen)
      places.append(facts.place)
      hasFacts.append(facts.hasEvents)
    }
    identifiers = []
    directory = KeyDirectory(graph.keys)
  }

  private mutating func add(_ link: LinkKey, firstSeen: Int64) throws {
    graph.addLink(try index(of: link.anchor), try index(of: link.other), firstSeen: firstSeen)
  }

  /// Takes a decision from either end.
  private mutating func add(_ pair: LinkKey, _ bearing: Bearing) throws {
    guard pair.anchor < pair.other, case .decided(let stamp, let verdict) = bearing else { return }
    let (a, b) = (try index(of: pair.anchor), try index(of: pair.other))
    decisions.append((stamp, IdentityGraph.Decision(a, b, isLink: verdict == .linked)))
  }

  private mutating func add(_ entity: Entity) throws {
    guard let owner = entity.owner else {
      ownerless[entity.entity.kind, default: 0] += 1
      return
    }
    let index = try index(of: owner)
    owned.append((UInt32(index), entity.entity))
    hasFacts[index] = true
  }

  private func index(of key: Hash128) throws -> Int {
    guard let index = directory?.index(of: key, in: graph.keys) else {
      throw ProjectionError.damaged("a row names the identifier \(key), which has no row")
    }
    return index
  }

  /// By index of the identifier, what belongs to it. It is not kept twice.
  mutating func takeEntities() -> Groups<OwnedEntity> {
    defer { owned = [] }
    return Groups(owned, count: keys.count) { (Int($0.owner), $0.entity) }
  }

  /// Who is one person, of all that was added.
  mutating func resolve() -> Resolution {
    identifiersEnd()
    for (_, decision) in decisions.sorted(by: { $1.stamp < $0.stamp }) { graph.addDecision(decision) }
    graph.findShared(grouping)
    return graph.resolve(grouping)
  }
}
