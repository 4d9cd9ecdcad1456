import GeneratedEvents
import KeyValueStore
import Projections
import Testing

@Suite("Filling a new generation")
struct LoadTests {
  @Test("over several transactions, with states set aside in a file, gives the same rows", arguments: 0..<4)
  func pieces(seed: Int) throws {
    var generator = EventGenerator(seed: UInt64(seed))
    generator.people = 400
    generator.entities = 800
    let store = try TestStore(generator.events(6000))
    let whole = try store.generations.createNext()
    try store.catchUp(whole)
    let pieces = try store.generations.createNext()
    try store.catchUp(pieces, statesMax: 700)
    #expect(try ProfileContents(pieces) == ProfileContents(whole))
    #expect(try Set(sizes(whole)) == Set(sizes(pieces)), "the same number of rows in every table")
  }

  @Test("shows no rows before it has ended, and begins anew where it was interrupted")
  func interrupted() throws {
    var generator = EventGenerator(seed: 3)
    let store = try TestStore(generator.events(500))
    let expected = try ProfileContents(store.project())
    let generation = try store.generations.createNext()
    generation.close()
    try leaveHalfARow(in: generation.path)
    try store.generations.promote(generation.number)
    let reopened = try store.generations.openOrCreateLive()
    let error = #expect(throws: ProjectionError.self) { try ProfileContents(reopened) }
    #expect(
      error?.description
        == "\(generation.path) is being filled for the first time; wait for it to end, or run 'hoso rebuild' if it was interrupted"
    )
    #expect(try reopened.checkpoint().position == 0)
    try store.catchUp(reopened)
    #expect(try ProfileContents(reopened) == expected)
  }

  /// What a load that was killed between two of its transactions leaves: the mark, and rows.
  private func leaveHalfARow(in path: String) throws {
    let environment = try Environment.open(path: path)
    defer { environment.close() }
    let (meta, people) = (
      try environment.openTable("meta", create: false), try environment.openTable("people", create: false)
    )
    var transaction = try environment.beginWrite()
    for (key, table) in [("loading", meta), ("zzzzzzzzzzzzzzzz", people)] {
      let (key, row) = (Array(key.utf8), [UInt8(0)])
      try transaction.put(row.span.bytes, forKey: key.span.bytes, in: table)
    }
    try transaction.commit()
  }

  private func sizes(_ generation: Generation) throws -> [String] {
    generation.close()
    let environment = try Environment.open(path: generation.path, options: .init(readOnly: true))
    defer { environment.close() }
    let names = [
      "identifiers", "links", "membership", "people", "orders", "tickets", "messages", "credits", "owned", "timeline",
    ]
    let tables = try names.map { try environment.openTable($0, create: false) }
    return try environment.read { transaction in try tables.map { "\($0.name) \(try transaction.count(of: $0))" } }
  }
}
