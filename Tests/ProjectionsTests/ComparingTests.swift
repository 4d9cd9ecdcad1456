import GeneratedEvents
import Hashing
import KeyValueStore
import Projections
import ReadModels
import Testing

/// Each argument is a seed.
@Suite("Comparing two generations row by row")
struct ComparingTests {
  private func differences(_ former: Generation, _ new: Generation) throws -> [String] {
    try former.read { former in
      try new.read { new in
        var found: [String] = []
        for tag in RowTag.allCases {
          try new.forEachDifference(from: former, in: tag) { row in
            let side = row.before == nil ? "new" : row.after == nil ? "old" : "both"
            found.append("\(tag) \(row.keyText) \(side)")
          }
        }
        return found
      }
    }
  }

  @Test("finds nothing where one was filled at once and the other in many batches", arguments: 0..<5)
  func same(seed: Int) throws {
    var generator = EventGenerator(seed: UInt64(700 + seed))
    generator.people = 10
    let store = try TestStore(generator.events(300))
    let changed = try store.project(statesMax: 5)
    for _ in 0..<4 {
      try store.append(generator.events(300))
      try store.catchUp(changed, statesMax: 5)
    }
    let built = try store.generations.createNext()
    try store.catchUp(built)
    #expect(try differences(changed, built).isEmpty)
    #expect(try differences(built, changed).isEmpty)
  }

  @Test("finds exactly the rows that were changed, added and taken away", arguments: 0..<10)
  func planted(seed: Int) throws {
    var generator = EventGenerator(seed: UInt64(800 + seed))
    let store = try TestStore(generator.events(400))
    let former = try store.project()
    let new = try store.generations.createNext()
    try store.catchUp(new)
    new.close()
    let expected = try plant(in: new.path, SeededGenerator(seed: UInt64(seed)))
    let reopened = try store.generations.openGeneration(new.number)
    #expect(try differences(former, reopened) == expected)
  }

  @Test("finds every row where one generation is empty")
  func empty() throws {
    var generator = EventGenerator(seed: 3)
    let store = try TestStore()
    let former = try store.project()
    try store.append(generator.events(100))
    let new = try store.generations.createNext()
    try store.catchUp(new)
    let found = try differences(former, new)
    #expect(found.allSatisfy { $0.hasSuffix(" new") })
    #expect(Set(found.map { $0.prefix { $0 != " " } }).contains("timeline"))
    let people = try new.checkpoint().people
    #expect(found.count { $0.hasPrefix("people ") } == people)
  }

  /// Changes some rows of the tables of entities, and says what a comparison should say.
  private func plant(in path: String, _ generator: SeededGenerator) throws -> [String] {
    var random = generator
    let environment = try Environment.open(path: path)
    defer { environment.close() }
    var expected: [String] = []
    for tag in [RowTag.orders, .tickets, .messages] {
      let table = try environment.openTable(tag.name, create: false)
      var keys: [[UInt8]] = []
      try environment.read { transaction in
        try transaction.forEach(in: table) { key, _ in
          keys.append(key.withUnsafeBytes { Array($0) })
          return true
        }
      }
      var found: [(key: [UInt8], side: String)] = []
      var transaction = try environment.beginWrite()
      for key in keys {
        switch random.number(0..<6) {
        case 0:
          try transaction.delete(key: key.span.bytes, in: table)
          found.append((key, "old"))
        case 1:
          try transaction.put([UInt8](repeating: 7, count: 9).span.bytes, forKey: key.span.bytes, in: table)
          found.append((key, "both"))
        case 2:
          let other = Array(key.dropLast()) + [key[15] ^ 1]
          guard !keys.contains(other) else { continue }
          try transaction.put([1, 2].span.bytes, forKey: other.span.bytes, in: table)
          found.append((other, "new"))
        default: continue
        }
      }
      try transaction.commit()
      for row in found.sorted(by: { $0.key.lexicographicallyPrecedes($1.key) }) {
        let hash = Hash128(high: word(row.key[..<8]), low: word(row.key[8...]))
        expected.append("\(tag) \(hash) \(row.side)")
      }
    }
    return expected
  }

  private func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
}
