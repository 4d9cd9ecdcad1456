package import EventLog
import Events
import Hashing
package import Identity
package import ReadModels

/// A person as they were at a moment, identity included.
package struct PastProfile {
  /// That of the strongest identifier of then.
  package let key: IdentifierKey
  package let person: Person
  /// What belonged to the person, and whether it counted, as orders may not.
  package let entities: [EntityKey: Bool]
  /// The positions of the events that had happened and concern the person, ascending.
  package let positions: [Position]

  /// The person that an identifier belonged to; nil where it was not seen by then.
  ///
  /// Reads and folds only the events of the identifiers that may have been one person with it, and of what they speak
  /// of; the result is that of folding all events up to the moment. O(those events).
  package init?(
    of identifier: IdentifierKey, at moment: Moment, _ log: EventLog, _ settings: FoldSettings,
    in snapshot: borrowing Snapshot
  ) throws(ProjectionError) {
    let found = try projectionErrors {
      var surroundings = PastSurroundings(settings, PastFold(log, settings, moment))
      try surroundings.explore(from: identifier, in: snapshot)
      return try PastProfile(surroundings.members(with: identifier), &surroundings, snapshot)
    }
    guard let found else { return nil }
    self = found
  }

  private init?(
    _ members: [IdentifierKey], _ surroundings: inout PastSurroundings, _ snapshot: borrowing Snapshot
  ) throws {
    try surroundings.readCarriers(of: members, in: snapshot)
    var builder = PersonBuilder(attributionWindow: surroundings.settings.attributionWindow)
    var subjects: [Hash128] = []
    for member in members {
      guard let state = surroundings.fold.identifiers[member] else { continue }
      subjects.append(member.hash)
      builder.add(state, strength: surroundings.grouping.rank(ofType: state.identifier.type))
    }
    guard !subjects.isEmpty else { return nil }
    var entities: [EntityKey: Bool] = [:]
    for entity in surroundings.mentioned(by: members) {
      guard let counts = try surroundings.add(entity, of: Set(members), to: &builder, snapshot) else { continue }
      entities[entity] = counts
      subjects.append(entity.hash)
    }
    self.entities = entities
    person = builder.finish()
    guard let strongest = person.contacts.first else { return nil }
    // A value that linked nobody and of which nothing else was known was nobody's.
    if subjects.count == 1, person.events == 0, surroundings.standings[members[0]] != .linking { return nil }
    key = IdentifierKey(strongest.identifier)
    positions = try surroundings.fold.happened(try snapshot.timeline(of: subjects))
  }
}
