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
      var load = PeopleLoad(rules: rules, source: LoadSource(WorkingSet(tables, rules: rules), .stored(.init(self))))
      try load.addEverything()
      try scan(tables.owned) { key, _ in
        try load.noteFacts(of: StoredKey.hash(key))
        return true
      }
      return try TrialComparison(load, self).result(self)
    }
  }
}

extension PeopleLoad {
  /// Adds the identifiers, links and decisions of a stored source.
  fileprivate mutating func addEverything() throws {
    try source.forEachRow(source.set.identifiers, { facts(of: $0) }, { add($0, $1) }, { _, _, _ in })
    identifiersEnd(order: Array(keys.indices))
    try source.forEachRow(source.set.links, { $0.firstSeen }, { try add($0, firstSeen: $1) }, { _, _, _ in })
    try source.forEachRow(source.set.decisions, { $0.bearing }, { try add($0, $1) }, { _, _, _ in })
  }
}

/// The people of today beside those of a trial, by the index of identifiers.
private struct TrialComparison {
  let load: PeopleLoad
  /// The key of the person that each identifier belongs to, and would belong to.
  private var before: [Hash128] = []
  private var after: [Hash128] = []
  /// The keys of today's people; what links nobody and of which nothing is known is none.
  private var people: Set<Hash128> = []
  private var peopleAfter = 0

  init(_ load: PeopleLoad, _ snapshot: borrowing Snapshot) throws {
    var load = load
    let roots = load.resolve().roots
    let members = Groups(load.keys.indices, count: load.keys.count) { (roots[$0], $0) }
    let strongest = try load.strongest(of: members, snapshot)
    for (index, key) in load.keys.enumerated() {
      before.append(try snapshot.label(of: key) ?? key)
      let isPerson = try RowKey(key).withBytes { try snapshot.withRow($0, in: snapshot.tables.people) { _ in true } }
      if isPerson ?? false { people.insert(key) }
      after.append(load.keys[strongest[roots[index]]])
      if !members[index].isEmpty, !load.isNobody(members[index]) { peopleAfter += 1 }
    }
    self.load = load
  }

  func result(_ snapshot: borrowing Snapshot) throws -> IdentityTrial {
    // By person, the people that its identifiers come from and go to.
    var (origins, ends): ([Hash128: Set<Hash128>], [Hash128: Set<Hash128>]) = ([:], [:])
    for index in before.indices {
      origins[after[index], default: []].insert(before[index])
      ends[before[index], default: []].insert(after[index])
    }
    // Whoever takes in a value that was nobody's is still who they were.
    func isMerged(_ person: Hash128) -> Bool {
      ends[person]?.contains { origins[$0]?.contains { $0 != person && people.contains($0) } ?? false } ?? false
    }
    func isSplit(_ person: Hash128) -> Bool { ends[person]?.count ?? 0 > 1 }
    var changes: [IdentityTrial.Change] = []
    let places = before.indices.filter { isMerged(before[$0]) || isSplit(before[$0]) }
    for index in places.sorted(by: { (after[$0], before[$0]) < (after[$1], before[$1]) }) {
      let (merged, split) = (isMerged(before[index]), isSplit(before[index]))
      changes.append(
        IdentityTrial.Change(
          identifier: try load.identifier(index, snapshot).identifier, person: PersonID(IdentifierKey(before[index])),
          becomes: PersonID(IdentifierKey(after[index])), fate: merged && split ? .regroup : merged ? .merge : .split))
    }
    return IdentityTrial(
      identifiers: before.count, peopleBefore: snapshot.checkpoint.people, peopleAfter: peopleAfter,
      merged: people.count { isMerged($0) }, split: people.count { isSplit($0) }, changes: changes)
  }
}
