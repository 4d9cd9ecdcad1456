import EventLog
import Events
import GeneratedEvents
import Hashing
import Identity
import Projections
import ReadModels
import Testing

/// Profiles of the past against read models of exactly the events that had happened, or arrived, by then. Each argument
/// is a seed.
@Suite("A profile of the past")
struct TimeTravelTests {
  @Test("as of a time is what the events up to then make, whenever they arrived", arguments: 0..<12)
  func time(seed: Int) throws {
    var generator = generator(seed)
    let events = generator.events(300)
    let time = generator.random.pick(events).time
    let past = try ProfileContents(TestStore(events.filter { $0.time <= time }).project())
    try compare(events, .time(time), past)
  }

  @Test("at a position is what the events up to there make", arguments: 0..<12)
  func position(seed: Int) throws {
    var generator = generator(seed)
    let events = generator.events(300)
    let last = generator.random.number(1..<301)
    let past = try ProfileContents(TestStore(Array(events.prefix(last))).project())
    try compare(events, .position(Position(last)), past)
  }

  @Test("after the last event is the profile of now", arguments: 0..<4)
  func now(seed: Int) throws {
    var generator = generator(seed)
    let events = generator.events(300)
    let now = try ProfileContents(TestStore(events).project())
    try compare(events, .time(.max), now)
    try compare(events, .position(.max), now)
  }

  /// Asks for the past of every identifier of today.
  private func compare(_ events: [GeneratedEvent], _ moment: Moment, _ past: ProfileContents) throws {
    let store = try TestStore(events)
    let people = past.membership.reduce(into: [IdentifierKey: IdentifierKey]()) { people, entry in
      for member in entry.value { people[member] = entry.key }
    }
    try store.project().read { snapshot in
      var keys: [IdentifierKey] = []
      try snapshot.forEachIdentifier { key, _, _ in
        keys.append(key)
        return true
      }
      for key in keys {
        let found = try PastProfile(of: key, at: moment, store.log, FoldSettings(identifiers: .standard), in: snapshot)
        let expected = people[key].flatMap { past.people[$0] }
        #expect(found?.person == expected)
        if expected != nil { #expect(found?.key == people[key]) }
      }
    }
  }

  private func generator(_ seed: Int) -> EventGenerator {
    var generator = EventGenerator(seed: UInt64(4000 + seed))
    generator.people = 5 + seed * 3
    generator.decisionShare = [0, 30, 8][seed % 3]
    return generator
  }
}
