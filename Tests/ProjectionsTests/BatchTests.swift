import EventLog
import Events
import GeneratedEvents
import Glibc
import Projections
import Testing

@Suite("A batch")
struct BatchTests {
  @Test(
    "that is killed leaves the checkpoint and the rows before it, and the next one takes over", arguments: [0, 100])
  func killed(before: Int) async throws {
    var generator = EventGenerator(seed: 5)
    let events = generator.events(1500)
    let whole = try ProfileContents(TestStore(events).project())
    let store = try TestStore(Array(events.prefix(before)))
    let generation = try store.project()
    let old = try ProfileContents(generation)
    generation.close()
    try store.append(Array(events.dropFirst(before)))
    let path = store.directory.path
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = path as String] in
      let log = try EventLog(path: path + "/log.mdb", readOnly: true)
      let generation = try GenerationStore(directory: path + "/profiles").openOrCreateLive()
      try Projector(generation, FoldSettings(identifiers: .standard)).catchUp(log) { position in
        if position > 1000 { kill(getpid(), SIGKILL) }
      }
    }
    let reopened = try store.generations.openOrCreateLive()
    #expect(try ProfileContents(reopened) == old)
    try store.catchUp(reopened)
    let caughtUp = try ProfileContents(reopened)
    #expect(caughtUp.membership == whole.membership)
    #expect(caughtUp.people == whole.people)
    #expect(caughtUp == whole)
  }

  @Test("parks what it cannot read, with the reason, and goes on")
  func parked() throws {
    var generator = EventGenerator(seed: 6)
    let events = generator.events(40)
    let store = try TestStore(Array(events.prefix(20)))
    try store.append(documents: [
      Array(#"{"id":"x","type":"page.viewed","source":"web","channel":"web"}"#.utf8),
      Array(#"{"id":"y","type":"page.viewed","time":"yesterday","source":"web","channel":"web"}"#.utf8),
      Array(#"{"id":"z","type":"page.viewed""#.utf8),
    ])
    try store.append(Array(events.dropFirst(20)))
    let generation = try store.project()
    let parked = try generation.parked(limit: 10)
    #expect(parked.map(\.position) == [21, 22, 23])
    #expect(parked[0].reason == "the envelope is incomplete")
    #expect(parked.allSatisfy { !$0.reason.isEmpty })
    #expect(try generation.parked(limit: 2).count == 2)
    #expect(try generation.checkpoint().position == 43)
    #expect(try ProfileContents(generation) == ProfileContents(TestStore(events).project()))
  }

  @Test("is told of as it goes, and nothing is left to do after the last one")
  func progress() throws {
    var generator = EventGenerator(seed: 7)
    let store = try TestStore(generator.events(2000))
    let generation = try store.generations.openOrCreateLive()
    let projector = store.projector(generation, statesMax: 50)
    var reached: [Position] = []
    #expect(try projector.catchUp(store.log) { reached.append($0) } == 2000)
    #expect(reached == reached.sorted())
    #expect(reached.last == 2000)
    #expect(try projector.catchUp(store.log) == 0)
    #expect(try generation.checkpoint().position == 2000)
  }

  @Test("of an empty log changes nothing")
  func empty() throws {
    let generation = try TestStore().project()
    #expect(
      try ProfileContents(generation)
        == {
          var nothing = ProfileContents()
          nothing.digest = String(repeating: "0", count: 32)
          nothing.stages = [0, 0, 0, 0]
          return nothing
        }())
  }
}
