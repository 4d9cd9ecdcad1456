import KeyValueStore
import Testing

@Suite("Cursors")
struct CursorTests {
  typealias Entry = (key: [UInt8], value: [UInt8])

  let directory: TemporaryDirectory
  let environment: Environment
  let table: Table

  init() throws {
    directory = try TemporaryDirectory()
    environment = try directory.open()
    table = try environment.openTable("entries", create: true)
  }

  @Test(
    "After random puts and deletes every range, prefix and walk equals that of a sorted array",
    arguments: (1...12).map(UInt64.init))
  func rangesEqualReference(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var reference: [[UInt8]: [UInt8]] = [:]
    for _ in 0..<5 {
      try change(&reference, &generator)
      let sorted = reference.map { Entry($0, $1) }.sorted { $0.key.lexicographicallyPrecedes($1.key) }
      try environment.read { transaction in
        #expect(try transaction.count(of: table) == sorted.count, "seed \(seed)")
        for _ in 0..<40 {
          let start: [UInt8]? = Bool.random(using: &generator) ? generator.bytes(0...4, alphabet: 0...5) : nil
          let prefix: [UInt8]? = Bool.random(using: &generator) ? generator.bytes(0...3, alphabet: 0...5) : nil
          let expected = sorted.filter { entry in
            (start.map { !entry.key.lexicographicallyPrecedes($0) } ?? true)
              && (prefix.map { entry.key.starts(with: $0) } ?? true)
          }
          let isEqual = try collect(from: start, prefix: prefix, transaction).elementsEqual(expected, by: ==)
          #expect(
            isEqual,
            "seed \(seed), from \(String(describing: start)), prefix \(String(describing: prefix))")
        }
      }
    }
  }

  @Test("Random moves of a cursor equal those of an index into a sorted array", arguments: (1...12).map(UInt64.init))
  func movesEqualReference(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    var reference: [[UInt8]: [UInt8]] = [:]
    try change(&reference, &generator)
    let keys = reference.keys.sorted { $0.lexicographicallyPrecedes($1) }
    try environment.read { transaction in
      try transaction.withCursor(in: table) { cursor in
        var place: Int?
        for step in 0..<500 {
          let target = generator.bytes(1...4, alphabet: 0...5)
          let moved: Bool
          switch Int.random(in: 0..<8, using: &generator) {
          case 0: (moved, place) = (try cursor.first(), keys.indices.first)
          case 1: (moved, place) = (try cursor.last(), keys.indices.last)
          case 2: (moved, place) = (try cursor.seekExactly(target.span.bytes), keys.firstIndex(of: target))
          case 3:
            moved = try cursor.seek(toFirstAtOrAfter: target.span.bytes)
            place = keys.firstIndex { !$0.lexicographicallyPrecedes(target) }
          case 4, 5:
            moved = try cursor.next()
            place =
              step == 0 ? keys.indices.first : place.map { $0 + 1 }.flatMap { keys.indices.contains($0) ? $0 : nil }
          default:
            moved = try cursor.previous()
            place =
              step == 0 ? keys.indices.last : place.map { $0 - 1 }.flatMap { keys.indices.contains($0) ? $0 : nil }
          }
          let found = moved ? cursor.withEntry { key, _ in key.withUnsafeBytes { [UInt8]($0) } } : nil
          try #require(found == place.map { keys[$0] }, "seed \(seed), step \(step)")
        }
      }
    }
  }

  @Test("A cursor of a write transaction sees what the transaction has written")
  func cursorInWriteTransaction() throws {
    var transaction = try environment.beginWrite()
    try transaction.put("1", forKey: "a", in: table)
    try transaction.put("2", forKey: "b", in: table)
    try transaction.delete(key: Array("a".utf8).span.bytes, in: table)
    var keys: [String] = []
    try transaction.forEach(in: table) { key, _ in
      keys.append(key.withUnsafeBytes { String(decoding: $0, as: UTF8.self) })
      return true
    }
    #expect(keys == ["b"])
  }

  @Test("A walk ends when the body says so")
  func walkEnds() throws {
    try environment.append(100, valueBytes: 10, in: table)
    var seen = 0
    try environment.read { transaction in
      try transaction.forEach(in: table) { _, _ in
        seen += 1
        return seen < 7
      }
    }
    #expect(seen == 7)
  }

  @Test("An empty table has no first, last, next or previous entry")
  func emptyTable() throws {
    try environment.read { transaction in
      let moves = [
        try transaction.withCursor(in: table) { try $0.first() },
        try transaction.withCursor(in: table) { try $0.last() },
        try transaction.withCursor(in: table) { try $0.next() },
        try transaction.withCursor(in: table) { try $0.previous() },
      ]
      #expect(moves == [false, false, false, false])
    }
  }

  /// Puts and deletes short keys over a small alphabet, so that they are often equal or prefixes of one another.
  private func change(_ reference: inout [[UInt8]: [UInt8]], _ generator: inout SeededGenerator) throws {
    var transaction = try environment.beginWrite()
    for _ in 0..<Int.random(in: 0...300, using: &generator) {
      let key = generator.bytes(1...4, alphabet: 0...5)
      if Int.random(in: 0..<3, using: &generator) == 0 {
        let existed = try transaction.delete(key: key.span.bytes, in: table)
        #expect(existed == (reference.removeValue(forKey: key) != nil))
      } else {
        let value = generator.bytes(0...300)
        try transaction.put(value, forKey: key, in: table)
        reference[key] = value
      }
    }
    try transaction.commit()
  }

  private func collect(
    from start: [UInt8]?, prefix: [UInt8]?, _ transaction: borrowing ReadTransaction
  ) throws -> [Entry] {
    var found: [Entry] = []
    try transaction.forEach(in: table, from: start?.span.bytes, prefix: prefix?.span.bytes) { key, value in
      found.append((key.withUnsafeBytes { [UInt8]($0) }, value.withUnsafeBytes { [UInt8]($0) }))
      return true
    }
    return found
  }
}

@Suite("Big-endian keys")
struct BigEndianKeyTests {
  @Test("The bytes sort as the numbers do and give the numbers back", arguments: [UInt64(7), 8])
  func orderIsPreserved(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<1000 {
      let a = UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0...63, using: &generator)
      let b = UInt64.random(in: 0...UInt64.max, using: &generator) >> UInt64.random(in: 0...63, using: &generator)
      let left = a.withBigEndianBytes { $0.withUnsafeBytes { [UInt8]($0) } }
      let right = b.withBigEndianBytes { $0.withUnsafeBytes { [UInt8]($0) } }
      #expect(left.lexicographicallyPrecedes(right) == (a < b), "seed \(seed)")
      #expect(UInt64(bigEndianBytes: left.span.bytes) == a, "seed \(seed)")
      let pair = BigEndianKey(a, b)
      #expect(pair.withBytes { BigEndianKey(bytes: $0) } == pair, "seed \(seed)")
      #expect(pair.withBytes { $0.withUnsafeBytes { [UInt8]($0) } } == left + right, "seed \(seed)")
      let small = UInt32(truncatingIfNeeded: a)
      #expect(small.withBigEndianBytes { UInt32(bigEndianBytes: $0) } == small, "seed \(seed)")
    }
  }

  @Test("Too few bytes are no number")
  func shortBytes() {
    let bytes: [UInt8] = [1, 2, 3]
    #expect(UInt64(bigEndianBytes: bytes.span.bytes) == nil)
    #expect(UInt32(bigEndianBytes: bytes.span.bytes) == nil)
    #expect(BigEndianKey(bytes: bytes.span.bytes) == nil)
  }
}
