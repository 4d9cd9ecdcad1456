package import Events
import Hashing
package import Identity
import ReadModels

/// What other identity rules would make of the people that there are. Nothing is changed.
package struct IdentityTrial {
  /// What would become of the person of an identifier.
  package enum Fate: String, Sendable {
    /// One person with others.
    case merge
    /// Several people.
    case split
    /// Parts of it would be one person with parts of others.
    case regroup
  }

  /// An identifier whose person would be another.
  package struct Change: Sendable {
    package let identifier: Identifier
    package let person: PersonID
    /// The person that it would belong to.
    package let becomes: PersonID
    package let fate: Fate
  }

  package let identifiers: Int
  /// People as they are and as they would be; values that link nobody and of which nothing else is known are none.
  package let peopleBefore: Int
  package let peopleAfter: Int
  /// How many of today's people would become one with others, and how many would come apart.
  package let merged: Int
  package let split: Int
  /// By the person as it would be, then the person as it is.
  package let changes: [Change]
}

extension Snapshot {
  /// Groups all identifiers by other rules and compares. O(n log n); memory about 150 bytes an identifier.
  package func trial(of rules: IdentifierRules) throws(ProjectionError) -> IdentityTrial {
    try projectionErrors {
      let load = PeopleLoad(rules: rules, keepsEntities: false)
      try load.addEverything(of: self)
      let set = WorkingSet(tables, rules: rules)
      return try TrialComparison(try ResolvedPeople(load, lookup: lookup, set), self).result(self, set)
    }
  }
}

extension Snapshot {
  fileprivate var lookup: StateLookup { StateLookup(rows: .init(self)) }
}

extension PeopleLoad {
  /// Adds the identifiers, links and decisions of a generation, and that something belongs to an identifier.
  fileprivate func addEverything(of snapshot: borrowing Snapshot) throws {
    let (tables, form) = (snapshot.tables, snapshot.form)
    try snapshot.scan(tables.identifiers) { key, row in
      try add(.identifiers([try facts(StoredKey.hash(key), row, form: form)]))
      return true
    }
    try snapshot.scan(tables.links) { key, row in
      try add(.links([(LinkKey(stored: key), try LinkState.decode(row, form: form).firstSeen)]))
      return true
    }
    try snapshot.scan(tables.decisions) { key, row in
      try add(.decisions([(LinkKey(stored: key), try DecisionState.decode(row, form: form).bearing)]))
      return true
    }
    try snapshot.scan(tables.owned) { key, _ in
      let key = (entity: try StoredKey.ownedEntity(key), owner: StoredKey.hash(key))
      let entity = OwnedEntity(kind: key.entity.kind, key: key.entity.hash, place: 0)
      try add(.entities([PeopleLoad.Entity(entity, owner: key.owner)]))
      return true
    }
  }
}

/// The people of today beside those of a trial, by the index of identifiers.
private struct TrialComparison {
  private let people: ResolvedPeople
  /// The key of the person that each identifier belongs to, and would belong to.
  private var before: [Hash128] = []
  private var after: [Hash128] = []
  /// The keys of today's people; what links nobody and of which nothing is known is none.
  private var peopleBefore: Set<Hash128> = []

  init(_ people: ResolvedPeople, _ snapshot: borrowing Snapshot) throws {
    self.people = people
    let keys = people.load.keys
    for (index, key) in keys.enumerated() {
      before.append(try snapshot.label(of: key) ?? key)
      let isPerson = try RowKey(key).withBytes { try snapshot.withRow($0, in: snapshot.tables.people) { _ in true } }
      if isPerson ?? false { peopleBefore.insert(key) }
      after.append(keys[people.strongest[people.resolution.roots[index]]])
    }
  }

  func result(_ snapshot: borrowing Snapshot, _ set: WorkingSet) throws -> IdentityTrial {
    // By person, the people that its identifiers come from and go to.
    var (origins, ends): ([Hash128: Set<Hash128>], [Hash128: Set<Hash128>]) = ([:], [:])
    for index in before.indices {
      origins[after[index], default: []].insert(before[index])
      ends[before[index], default: []].insert(after[index])
    }
    // Whoever takes in a value that was nobody's is still who they were.
    func isMerged(_ person: Hash128) -> Bool {
      ends[person]?.contains { origins[$0]?.contains { $0 != person && peopleBefore.contains($0) } ?? false } ?? false
    }
    func isSplit(_ person: Hash128) -> Bool { ends[person]?.count ?? 0 > 1 }
    var changes: [IdentityTrial.Change] = []
    let places = before.indices.filter { isMerged(before[$0]) || isSplit(before[$0]) }
    for index in places.sorted(by: { (after[$0], before[$0]) < (after[$1], before[$1]) }) {
      let (merged, split) = (isMerged(before[index]), isSplit(before[index]))
      changes.append(
        IdentityTrial.Change(
          identifier: try snapshot.lookup.withState(people.load.keys[index], 0, set.identifiers) { $0.identifier },
          person: PersonID(IdentifierKey(before[index])), becomes: PersonID(IdentifierKey(after[index])),
          fate: merged && split ? .regroup : merged ? .merge : .split))
    }
    return IdentityTrial(
      identifiers: before.count, peopleBefore: snapshot.checkpoint.people, peopleAfter: people.roots.count,
      merged: peopleBefore.count { isMerged($0) }, split: peopleBefore.count { isSplit($0) }, changes: changes)
  }
}
