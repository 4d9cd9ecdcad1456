import Events
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
/// Memory: about 60 bytes an identifier and 40 an entity.
struct PeopleLoad {
  let rules: IdentifierRules
  let source: LoadSource
  private(set) var keys: [Hash128] = []
  private(set) var strengths: [UInt8] = []
  private(set) var firstSeen: [Int64] = []
  /// The indices in the order of keys.
  private(set) var order: [Int] = []
  private(set) var owned: [(owner: UInt32, entity: OwnedEntity)] = []
  private(set) var sets = IndexedDisjointSets(count: 0)
  /// For identifiers that were added in the order of their keys; those in memory are found by their slots.
  private var directory: KeyDirectory?

  init(rules: IdentifierRules, source: LoadSource) {
    self.rules = rules
    self.source = source
  }

  /// What decides which identifier a person is known by, most of the time.
  func ranking(of state: IdentifierState) -> (strength: UInt8, firstSeen: Int64) {
    (UInt8(clamping: rules.strength(ofType: state.identifier.type)), state.firstSeen)
  }

  mutating func add(_ key: Hash128, _ ranking: (strength: UInt8, firstSeen: Int64)) {
    keys.append(key)
    strengths.append(ranking.strength)
    firstSeen.append(ranking.firstSeen)
  }

  /// All identifiers were added; links and entities follow. `order`: the indices in the order of keys.
  mutating func identifiersEnd(order: [Int]) {
    self.order = order
    if source.runs != nil { directory = KeyDirectory(keys) }
    sets = IndexedDisjointSets(count: keys.count)
  }

  mutating func join(_ link: LinkKey) throws {
    sets.join(try index(of: link.anchor), try index(of: link.other))
  }

  /// Takes the entities kind after kind.
  mutating func add(_ entity: OwnedEntity, of owner: Hash128) throws {
    owned.append((UInt32(try index(of: owner)), entity))
  }

  private func index(of key: Hash128) throws -> Int {
    let index = directory.map { $0.index(of: key, in: keys) } ?? source.set.identifiers.slot(of: key)
    guard let index else {
      throw ProjectionError.damaged("a row names the identifier \(key), which has no row")
    }
    return index
  }

  /// Takes the root of every identifier's set: two have the same exactly if they are one person.
  mutating func roots() -> [Int] { keys.indices.map { sets.root($0) } }
}
