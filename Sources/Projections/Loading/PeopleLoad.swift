import Events
import Glibc
import Hashing
import Identity
import KeyValueStore
import ReadModels

/// An order, ticket, message or credit of somebody, with its number among those of its kind.
struct OwnedEntity {
  let kind: EntityKind
  let key: Hash128
  let index: Int
}

/// Groups all identifiers of a generation into people. Identifiers are known by their index, in the order of adding.
/// Memory: about 80 bytes an identifier, 32 a link and 40 an entity.
struct PeopleLoad {
  /// What the load needs to know of an identifier's state.
  struct Facts {
    let rank: Int
    let firstSeen: Int64
    let isBlocked: Bool
    let hasEvents: Bool
  }

  let rules: IdentifierRules
  let grouping: GroupingRules
  let source: LoadSource
  private(set) var graph = IdentityGraph()
  private(set) var firstSeen: [Int64] = []
  /// Whether events are anchored on the identifier, or entities belong to it.
  private(set) var hasFacts: [Bool] = []
  /// The indices in the order of keys.
  private(set) var order: [Int] = []
  private(set) var owned: [(owner: UInt32, entity: OwnedEntity)] = []
  private var decisions: [(stamp: Stamp, decision: IdentityGraph.Decision)] = []
  /// For identifiers that were added in the order of their keys; those in memory are found by their slots.
  private var directory: KeyDirectory?

  init(rules: IdentifierRules, source: LoadSource) {
    self.rules = rules
    grouping = GroupingRules(rules.types)
    self.source = source
  }

  var keys: [Hash128] { graph.keys }

  func facts(of state: IdentifierState) -> Facts {
    Facts(
      rank: grouping.rank(ofType: state.identifier.type), firstSeen: state.firstSeen,
      isBlocked: rules.isBlocked(state.identifier), hasEvents: state.events > 0)
  }

  mutating func add(_ key: Hash128, _ facts: Facts) {
    graph.addNode(key, rank: facts.rank, facts.isBlocked ? .blocked : .linking)
    firstSeen.append(facts.firstSeen)
    hasFacts.append(facts.hasEvents)
  }

  /// All identifiers were added; links, decisions and entities follow. `order`: the indices in the order of keys.
  mutating func identifiersEnd(order: [Int]) {
    self.order = order
    if !source.isInMemory { directory = KeyDirectory(graph.keys) }
  }

  mutating func add(_ link: LinkKey, firstSeen: Int64) throws {
    graph.addLink(try index(of: link.anchor), try index(of: link.other), firstSeen: firstSeen)
  }

  /// Takes a decision from either end.
  mutating func add(_ pair: LinkKey, _ bearing: Bearing) throws {
    guard pair.anchor < pair.other, case .decided(let stamp, let verdict) = bearing else { return }
    let (a, b) = (try index(of: pair.anchor), try index(of: pair.other))
    decisions.append((stamp, IdentityGraph.Decision(a, b, isLink: verdict == .linked)))
  }

  /// Takes the entities kind after kind.
  mutating func add(_ entity: OwnedEntity, of owner: Hash128) throws {
    let index = try index(of: owner)
    owned.append((UInt32(index), entity))
    hasFacts[index] = true
  }

  /// Something belongs to an identifier.
  mutating func noteFacts(of owner: Hash128) throws { hasFacts[try index(of: owner)] = true }

  private func index(of key: Hash128) throws -> Int {
    let index = directory.map { $0.index(of: key, in: graph.keys) } ?? source.set.identifiers.slot(of: key)
    guard let index else {
      throw ProjectionError.damaged("a row names the identifier \(key), which has no row")
    }
    return index
  }

  /// Who is one person, of all that was added.
  mutating func resolve() -> Resolution {
    for (_, decision) in decisions.sorted(by: { $1.stamp < $0.stamp }) { graph.addDecision(decision) }
    graph.findShared(grouping)
    return graph.resolve(grouping)
  }
}
