import Events
import Hashing
import Identity
import ReadModels

/// Who belongs to whom, of all identifiers of a generation: what people are made of, found once and then only read, by
/// several threads at a time.
final class ResolvedPeople {
  let load: PeopleLoad
  let resolution: Resolution
  /// By index of the identifier, what belongs to it; see ``PeopleLoad``.
  let entities: Groups<OwnedEntity>
  /// By root, the indices of a person's identifiers.
  let members: Groups<Int>
  /// By root, the index of the identifier that the person is known by; see `Person.isStronger`.
  let strongest: [Int]
  /// The roots of those that are somebody: in the order of their people's keys, or of their states in memory.
  let roots: [Int]

  init(_ load: PeopleLoad, lookup: StateLookup, _ set: WorkingSet) throws {
    let resolution = load.resolve()
    let members = Groups(load.keys.indices, count: load.keys.count) { (resolution.roots[$0], $0) }
    entities = load.takeEntities()
    let strongest = try Strongest(load: load, set: set).find(of: members, lookup)
    // An identifier's index is its place in the order of keys.
    var roots = [Int](repeating: -1, count: load.keys.count)
    for root in load.keys.indices where !members[root].isEmpty && !load.isNobody(members[root]) {
      roots[strongest[root]] = root
    }
    self.load = load
    self.resolution = resolution
    self.members = members
    self.strongest = strongest
    roots.removeAll { $0 < 0 }
    if lookup.isInMemory { roots.sort { load.places[strongest[$0]] < load.places[strongest[$1]] } }
    self.roots = roots
  }

  /// Whom every identifier belongs to, as the index of the strongest, by index of the identifier; -1 for nobody.
  func people() -> [Int32] {
    var people = [Int32](repeating: -1, count: load.keys.count)
    for root in load.keys.indices where !load.isNobody(members[root]) {
      for index in members[root] { people[index] = Int32(strongest[root]) }
    }
    return people
  }

  /// Combines the states of a person that are in memory.
  func person(
    _ root: Int, _ set: WorkingSet, _ lookup: StateLookup, _ settings: FoldSettings
  ) throws -> (key: Hash128, person: Person) {
    var builder = PersonBuilder(attributionWindow: settings.attributionWindow)
    for member in members[root] {
      let strength = Int(load.graph.ranks[member])
      try lookup.withState(load.keys[member], load.places[member], set.identifiers) {
        builder.add($0, strength: strength)
      }
      for entity in entities[member] { try add(entity, to: &builder, set, lookup) }
    }
    return try finished(consume builder, strongest[root])
  }

  /// The person of all that was added, and the key that it is stored under.
  func finished(_ builder: consuming PersonBuilder, _ strongest: Int) throws -> (key: Hash128, person: Person) {
    let (person, key) = (builder.finish(), load.keys[strongest])
    guard let contact = person.contacts.first, IdentifierKey(contact.identifier).hash == key else {
      throw ProjectionError.damaged("the strongest identifier of a person was not found")
    }
    return (key, person)
  }

  private func add(
    _ entity: OwnedEntity, to builder: inout PersonBuilder, _ set: WorkingSet,
    _ lookup: StateLookup
  ) throws {
    switch entity.kind {
    case .order: try lookup.withState(entity.key, entity.place, set.orders) { builder.add($0) }
    case .ticket: try lookup.withState(entity.key, entity.place, set.tickets) { builder.add($0) }
    case .message: try lookup.withState(entity.key, entity.place, set.messages) { builder.add($0) }
    case .credit: try lookup.withState(entity.key, entity.place, set.credits) { builder.add($0) }
    }
  }
}

extension PeopleLoad {
  /// Whether this is a value that links nobody and of which nothing else is known.
  func isNobody(_ members: ArraySlice<Int>) -> Bool {
    guard members.count == 1, let only = members.first else { return false }
    return graph.standings[only] != .linking && !hasFacts[only]
  }
}

/// Finds the identifiers that people are known by.
private struct Strongest {
  let load: PeopleLoad
  let set: WorkingSet

  func find(of members: Groups<Int>, _ lookup: StateLookup) throws -> [Int] {
    var strongest = [Int](repeating: -1, count: load.keys.count)
    for root in load.keys.indices {
      for index in members[root] {
        let best = strongest[root]
        if best < 0 { strongest[root] = index } else if try isStronger(index, best, lookup) { strongest[root] = index }
      }
    }
    return strongest
  }

  private func isStronger(_ a: Int, _ b: Int, _ lookup: StateLookup) throws -> Bool {
    let (rankA, rankB) = (load.graph.ranks[a], load.graph.ranks[b])
    if rankA != rankB { return rankA < rankB }
    if load.firstSeen[a] != load.firstSeen[b] { return load.firstSeen[a] < load.firstSeen[b] }
    let left = try lookup.withState(load.keys[a], load.places[a], set.identifiers) { $0.contact }
    let right = try lookup.withState(load.keys[b], load.places[b], set.identifiers) { $0.contact }
    return Person.isStronger((Int(rankA), left), (Int(rankB), right))
  }
}
