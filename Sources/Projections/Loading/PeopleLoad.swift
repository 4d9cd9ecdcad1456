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
/// Memory: about 60 bytes an identifier, 32 a link and, where entities are kept, 60 an entity.
///
/// A class, as it is large and asked by several threads: once ``resolve()`` was called it is only read.
final class PeopleLoad {
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

    init(_ entity: OwnedEntity, owner: Hash128?) {
      self.entity = entity
      self.owner = owner
    }
  }

  let rules: IdentifierRules
  let grouping: GroupingRules
  /// Whether what belongs to whom is kept: where states are not in memory, it goes with them.
  private let keepsEntities: Bool
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
  /// The index of the anchor of the link that was added last.
  private var lastAnchor = 0
  /// Made once all identifiers were added.
  private var directory: KeyDirectory?

  init(rules: IdentifierRules, keepsEntities: Bool) {
    self.rules = rules
    self.keepsEntities = keepsEntities
    grouping = GroupingRules(rules.types)
  }

  var keys: [Hash128] { graph.keys }

  /// Of the row of a state.
  func facts(_ key: Hash128, _ row: UnsafeRawBufferPointer, form: UInt32) throws -> Facts {
    facts(key, 0, try IdentifierState.summary(ofStored: row, form: form))
  }

  func facts(_ key: Hash128, _ place: Int, _ summary: IdentifierState.Summary) -> Facts {
    Facts(
      key: key, firstSeen: summary.firstSeen, place: UInt32(place),
      rank: UInt8(clamping: grouping.rank(ofType: summary.identifier.type)),
      isBlocked: rules.isBlocked(summary.identifier), hasEvents: summary.events > 0)
  }

  /// Takes in what a piece says. Identifiers come before all others.
  func add(_ facts: LoadFacts) throws {
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
  private func identifiersEnd() {
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

  private func add(_ link: LinkKey, firstSeen: Int64) throws {
    graph.addLink(
      try index(of: link.anchor, behind: &lastAnchor), try index(of: link.other), firstSeen: firstSeen)
  }

  /// Takes a decision from either end.
  private func add(_ pair: LinkKey, _ bearing: Bearing) throws {
    guard pair.anchor < pair.other, case .decided(let stamp, let verdict) = bearing else { return }
    let (a, b) = (try index(of: pair.anchor), try index(of: pair.other))
    decisions.append((stamp, IdentityGraph.Decision(a, b, isLink: verdict == .linked)))
  }

  private func add(_ entity: Entity) throws {
    guard let owner = entity.owner else {
      ownerless[entity.entity.kind, default: 0] += 1
      return
    }
    let index = try index(of: owner)
    if keepsEntities { owned.append((UInt32(index), entity.entity)) }
    hasFacts[index] = true
  }

  /// The index of the identifier with a key, once all were added.
  func index(of key: Hash128) throws -> Int {
    guard let index = directory?.index(of: key, in: graph.keys) else {
      throw ProjectionError.damaged("a row names the identifier \(key), which has no row")
    }
    return index
  }

  /// The same where keys come in ascending order, but for few; see ``KeyDirectory``.
  func index(of key: Hash128, behind last: inout Int) throws -> Int {
    guard let index = directory?.index(of: key, in: graph.keys, behind: &last) else { return try index(of: key) }
    return index
  }

  /// By index of the identifier, what belongs to it, if that is kept. It is not kept twice.
  func takeEntities() -> Groups<OwnedEntity> {
    defer { owned = [] }
    guard keepsEntities else { return Groups(owned, count: 0) { (0, $0.entity) } }
    return Groups(owned, count: keys.count) { (Int($0.owner), $0.entity) }
  }

  /// Who is one person, of all that was added.
  func resolve() -> Resolution {
    identifiersEnd()
    for (_, decision) in decisions.sorted(by: { $1.stamp < $0.stamp }) { graph.addDecision(decision) }
    graph.findShared(grouping)
    return graph.resolve(grouping)
  }
}
