import KeyValueStore
import Testing

@Suite("The estimate of dirty pages")
struct DirtyPagesTests {
  let directory: TemporaryDirectory
  let environment: Environment
  let table: Table

  init() throws {
    directory = try TemporaryDirectory()
    environment = try directory.open()
    table = try environment.openTable("entries", create: true)
  }

  @Test(
    "For appends to a new file it is what the file grows by", arguments: [(20_000, 200), (2_000, 3000), (30, 100_000)])
  func appendsMatchGrowth(count: Int, valueBytes: Int) throws {
    let before = try environment.statistics.fileBytes
    let value = [UInt8](repeating: 1, count: valueBytes)
    var transaction = try environment.beginWrite()
    for number in 0..<UInt64(count) {
      try number.withBigEndianBytes { try transaction.append(value.span.bytes, forKey: $0, in: table) }
    }
    let estimate = transaction.dirtyBytesEstimate
    try transaction.commit()
    let grown = try environment.statistics.fileBytes - before
    #expect(abs(estimate - grown) * 20 < grown, "estimated \(estimate), grown by \(grown)")
  }

  @Test(
    "For random changes it is never below what is written, within a few pages for the tables of tables",
    arguments: [UInt64(1), 2, 3])
  func neverBelow(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    try environment.append(20_000, valueBytes: 200, in: table)
    for _ in 0..<6 {
      let before = try environment.statistics.fileBytes
      var transaction = try environment.beginWrite()
      for _ in 0..<Int.random(in: 1...2000, using: &generator) {
        let value = generator.bytes(100...400)
        let number = UInt64.random(in: 0..<30_000, using: &generator)
        try number.withBigEndianBytes { try transaction.put(value.span.bytes, forKey: $0, in: table) }
      }
      let estimate = transaction.dirtyBytesEstimate
      try transaction.commit()
      // The file grows by the new copies that found no free page: a lower bound of the dirty pages.
      let grown = try environment.statistics.fileBytes - before
      #expect(estimate + 64 * environment.pageBytes >= grown, "seed \(seed): estimated \(estimate), grown \(grown)")
    }
  }

  @Test("Reading, refused writes and deletes of absent keys change nothing")
  func nothingIsCountedForNothing() throws {
    try environment.append(1000, valueBytes: 200, in: table)
    var transaction = try environment.beginWrite()
    let key: [UInt8] = [0xFF]
    let value: [UInt8] = [1]
    _ = try transaction.contains(key: key.span.bytes, in: table)
    for _ in 0..<100 { try transaction.delete(key: key.span.bytes, in: table) }
    for _ in 0..<100 {
      _ = try UInt64(5).withBigEndianBytes { try transaction.insertIfAbsent(value.span.bytes, forKey: $0, in: table) }
    }
    let (estimate, isFull) = (transaction.dirtyBytesEstimate, transaction.isFull)
    #expect(estimate == 0)
    #expect(!isFull)
  }

  @Test("A transaction says that it is full at 80,000 pages and refuses writes at 100,000, but can be committed")
  func fullTransaction() throws {
    let pagesAMegabyte = (1 << 20) / environment.pageBytes + 1
    var transaction = try environment.beginWrite()
    var fullAt: Int?
    var refused: StoreError.Code?
    var number: UInt64 = 0
    while refused == nil, number < 1000 {
      if fullAt == nil, transaction.isFull { fullAt = Int(number) * pagesAMegabyte }
      do {
        try number.withBigEndianBytes { key in
          try transaction.reserve(byteCount: 1 << 20, forKey: key, in: table) { _ in }
        }
        number += 1
      } catch let error as StoreError { refused = error.code }
    }
    #expect(refused == .transactionFull)
    #expect((80_000...80_600).contains(try #require(fullAt)))
    #expect((99_000...100_000).contains(Int(number) * pagesAMegabyte))
    try transaction.commit()
    #expect(try environment.read { try $0.count(of: table) } == Int(number))
  }
}
