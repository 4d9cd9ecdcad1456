import KeyValueStore
import Testing

@Suite("Writing")
struct WritingTests {
  let directory: TemporaryDirectory
  let environment: Environment
  let table: Table

  init() throws {
    directory = try TemporaryDirectory()
    environment = try directory.open()
    table = try environment.openTable("entries", create: true)
  }

  @Test("Appending takes ascending keys and refuses an equal or smaller one, after which the transaction goes on")
  func appendOrder() throws {
    var transaction = try environment.beginWrite()
    let value: [UInt8] = [1]
    for number: UInt64 in [1, 255, 256, 65_536] {
      try number.withBigEndianBytes { try transaction.append(value.span.bytes, forKey: $0, in: table) }
    }
    for number: UInt64 in [65_536, 300, 0] {
      #expect(
        storeErrorCode {
          try number.withBigEndianBytes { try transaction.append(value.span.bytes, forKey: $0, in: table) }
        } == .keyOrder)
    }
    try transaction.commit()
    #expect(try environment.read { try $0.count(of: table) } == 4)
  }

  @Test("Keys of 1 and 511 bytes are taken, and 0 and 512 are refused with their own codes by every operation")
  func keyLimits() throws {
    var transaction = try environment.beginWrite()
    for length in [1, KeyLimits.byteCountMax] {
      let key = [UInt8](repeating: 9, count: length)
      try transaction.put([7], forKey: key, in: table)
      #expect(try transaction.bytes(forKey: key.span.bytes, in: table) == [7])
    }
    for (length, code) in [(0, StoreError.Code.keyEmpty), (KeyLimits.byteCountMax + 1, .keyTooLong)] {
      let key = [UInt8](repeating: 9, count: length)
      #expect(storeErrorCode { try transaction.put([7], forKey: key, in: table) } == code)
      #expect(storeErrorCode { try transaction.append(key.span.bytes, forKey: key.span.bytes, in: table) } == code)
      #expect(storeErrorCode { _ = try transaction.delete(key: key.span.bytes, in: table) } == code)
      #expect(storeErrorCode { _ = try transaction.contains(key: key.span.bytes, in: table) } == code)
      #expect(
        storeErrorCode {
          _ = try transaction.withCursor(in: table) { cursor in try cursor.seekExactly(key.span.bytes) }
        } == code)
    }
    #expect(try transaction.count(of: table) == 2)
  }

  @Test("Inserting keeps the value that is there and says so")
  func insertIfAbsent() throws {
    var transaction = try environment.beginWrite()
    let key: [UInt8] = [1]
    let first: [UInt8] = [10]
    let second: [UInt8] = [20]
    #expect(try transaction.insertIfAbsent(first.span.bytes, forKey: key.span.bytes, in: table))
    #expect(try !transaction.insertIfAbsent(second.span.bytes, forKey: key.span.bytes, in: table))
    #expect(try transaction.bytes(forKey: key.span.bytes, in: table) == first)
  }

  @Test("Deleting says whether there was an entry")
  func delete() throws {
    var transaction = try environment.beginWrite()
    let key: [UInt8] = [1]
    try transaction.put([2], forKey: key, in: table)
    #expect(try transaction.delete(key: key.span.bytes, in: table))
    #expect(try !transaction.delete(key: key.span.bytes, in: table))
    #expect(try !transaction.contains(key: key.span.bytes, in: table))
  }

  @Test("An empty value is a value")
  func emptyValue() throws {
    var transaction = try environment.beginWrite()
    let key: [UInt8] = [1]
    try transaction.put([], forKey: key, in: table)
    #expect(try transaction.bytes(forKey: key.span.bytes, in: table) == [])
    #expect(try transaction.contains(key: key.span.bytes, in: table))
  }

  @Test("Clearing one table empties it and leaves the others alone")
  func clear() throws {
    let other = try environment.openTable("other", create: true)
    try environment.append(1000, valueBytes: 100, in: table)
    try environment.append(10, valueBytes: 100, in: other)
    var transaction = try environment.beginWrite()
    try transaction.clear(table)
    #expect(try transaction.count(of: table) == 0)
    #expect(try transaction.count(of: other) == 10)
    try transaction.put([1], forKey: [1], in: table)
    try transaction.commit()
    #expect(try environment.read { try $0.count(of: table) } == 1)
  }

  @Test(
    "Reserved space is zero even where a page held other bytes, and holds what is written in it",
    arguments: [0, 5, 1500, 100_000])
  func reserve(byteCount: Int) throws {
    let key: [UInt8] = [1]
    var transaction = try environment.beginWrite()
    try transaction.put([UInt8](repeating: 0xEE, count: byteCount), forKey: key, in: table)
    var isZero = false
    try transaction.reserve(byteCount: byteCount, forKey: key.span.bytes, in: table) { room in
      isZero = room.bytes.withUnsafeBytes { $0.allSatisfy { $0 == 0 } }
      if room.byteCount > 0 { room.storeBytes(of: 42, toByteOffset: room.byteCount - 1, as: UInt8.self) }
    }
    #expect(isZero)
    let expected = [UInt8](repeating: 0, count: max(byteCount - 1, 0)) + (byteCount > 0 ? [42] : [])
    #expect(try transaction.bytes(forKey: key.span.bytes, in: table) == expected)
  }

  @Test("A transaction in which filling reserved space failed cannot be committed")
  func failedReserve() throws {
    struct Interruption: Error {}
    let key: [UInt8] = [1]
    var transaction = try environment.beginWrite()
    #expect(throws: Interruption.self) {
      try transaction.reserve(byteCount: 10, forKey: key.span.bytes, in: table) { _ in throw Interruption() }
    }
    var code: StoreError.Code?
    do throws(StoreError) { try transaction.commit() } catch { code = error.code }
    #expect(code == .transactionFailed)
    #expect(try environment.read { try $0.count(of: table) } == 0)
  }

  @Test("Spans and buffers reach the same entries")
  func buffersAndSpans() throws {
    let key: [UInt8] = [1, 2]
    let value: [UInt8] = [3, 4, 5]
    var transaction = try environment.beginWrite()
    try key.withUnsafeBytes { key in
      try value.withUnsafeBytes { value in try transaction.put(value, forKey: key, in: table) }
      #expect(try transaction.bytes(forKey: key, in: table) == value)
      #expect(try transaction.contains(key: key, in: table))
      #expect(try transaction.withValue(forKey: key, in: table) { $0.byteCount } == 3)
    }
    #expect(try transaction.withValue(forKey: key.span.bytes, in: table) { $0.byteCount } == 3)
    #expect(try key.withUnsafeBytes { try transaction.delete(key: $0, in: table) })
  }

  @Test("A map that is too small fails with its own code, and the transaction can no longer be committed")
  func mapFull() throws {
    let small = try Environment.open(
      path: directory.file("small.mdb"), options: .init(mapBytes: 1 << 20, syncsOnCommit: false, diskReserveBytes: 0))
    let entries = try small.openTable("entries", create: true)
    var transaction = try small.beginWrite()
    #expect(
      storeErrorCode { try transaction.put([UInt8](repeating: 1, count: 2 << 20), forKey: [1], in: entries) }
        == .mapFull)
    let isFull = transaction.isFull
    #expect(isFull)
    #expect(storeErrorCode { try transaction.put([1], forKey: [1], in: entries) } == .transactionFailed)
  }
}
