import Glibc
import KeyValueStore
import Testing

@Suite("Damaged files")
struct DamageTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  /// Writes a file of bytes.
  private func write(_ bytes: [UInt8], to path: String) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    try #require(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
  }

  @Test(
    "Random bytes, text and an LMDB header with another version are refused without a crash",
    arguments: [1, 100, 4096, 8192, 100_000])
  func garbage(byteCount: Int) throws {
    var generator = SeededGenerator(seed: UInt64(byteCount))
    try write(generator.bytes(byteCount...byteCount), to: directory.file())
    for readOnly in [true, false] {
      #expect(storeErrorCode { _ = try directory.open(readOnly: readOnly) } == .corrupted)
    }
    #expect(try fileSize(directory.file()) == byteCount, "a refused file must stay as it is")
  }

  @Test("A file written by another version of the format is told apart from a damaged one")
  func otherFormat() throws {
    try directory.open().close()
    let descriptor = open(directory.file(), O_WRONLY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    let version: [UInt8] = [99, 0, 0, 0]
    for page in 0..<2 {
      try #require(pwrite(descriptor, version, 4, off_t(page * 4096 + 16 + 4)) == 4)
    }
    #expect(storeErrorCode { _ = try directory.open() } == .versionMismatch)
  }

  @Test("An empty file is no store for a reader, and a new one for a writer")
  func emptyFile() throws {
    try write([], to: directory.file())
    #expect(storeErrorCode { _ = try directory.open(readOnly: true) } == .corrupted)
    #expect(storeErrorCode { _ = try directory.open().openTable("t", create: false) } == .tableMissing)
  }

  @Test(
    "A file cut short anywhere is refused when it is opened, and the whole file is not",
    arguments: [UInt64(11), 12, 13, 14])
  func cutShort(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let environment = try directory.open()
    try environment.append(5000, valueBytes: 300, in: environment.openTable("t", create: true))
    environment.close()
    let whole = try fileSize(directory.file())
    try directory.open().close()
    let left = Int.random(in: 1..<whole, using: &generator)
    try #require(truncate(directory.file(), off_t(left)) == 0)
    #expect(storeErrorCode { _ = try directory.open() } == .corrupted, "seed \(seed), \(left) of \(whole) bytes left")
    #expect(storeErrorCode { _ = try directory.open(readOnly: true) } == .corrupted, "seed \(seed)")
  }

  @Test("A file that lost pages of a table is refused though its list of free pages is whole", arguments: 1...40)
  func lostDataPages(pageCount: Int) throws {
    let environment = try directory.open()
    let small = try environment.openTable("small", create: true)
    try environment.append(500, valueBytes: 300, in: small)
    try environment.append(5000, valueBytes: 300, in: environment.openTable("large", create: true))
    var transaction = try environment.beginWrite()
    try transaction.clear(small)
    try transaction.commit()
    // Each commit moves the list of free pages, now to the pages at the front that the small table has left.
    for number in 0..<10 { try environment.put("\(number)", forKey: "a", in: small) }
    let length = try fileSize(directory.file()) - (8 + pageCount) * environment.pageBytes
    environment.close()
    try #require(truncate(directory.file(), off_t(length)) == 0)
    #expect(storeErrorCode { _ = try directory.open() } == .corrupted)
  }

  @Test(
    "A whole file opens again after any changes, also when its last pages were allocated and never written",
    arguments: (1...10).map(UInt64.init))
  func unwrittenTailIsNoDamage(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<30 {
      let environment = try directory.open()
      let table = try environment.openTable("t", create: true)
      var transaction = try environment.beginWrite()
      for _ in 0..<Int.random(in: 1...60, using: &generator) {
        let key = generator.bytes(1...1, alphabet: 0...20)
        if Bool.random(using: &generator) {
          try transaction.delete(key: key.span.bytes, in: table)
        } else {
          let value = [UInt8](repeating: 1, count: Int.random(in: 0...12_000, using: &generator))
          try transaction.put(value, forKey: key, in: table)
        }
      }
      try transaction.commit()
      environment.close()
    }
    _ = try directory.open()
  }

  @Test("A file that ends before pages that are free is whole, and one that ends before pages in use is not")
  func freeTailMayBeMissing() throws {
    let environment = try directory.open()
    let table = try environment.openTable("t", create: true)
    try environment.append(1, valueBytes: 100, in: table)
    let wanted = try environment.statistics.fileBytes
    var transaction = try environment.beginWrite()
    for number: UInt8 in 10...200 {
      try transaction.put([UInt8](repeating: 1, count: 9000), forKey: [number], in: table)
    }
    try transaction.commit()
    transaction = try environment.beginWrite()
    for number: UInt8 in 10...200 {
      let key = [number]
      try transaction.delete(key: key.span.bytes, in: table)
    }
    try transaction.commit()
    // Twice more, so that the trees move to the free pages at the front of the file.
    for text in ["a", "b", "c"] { try environment.put(text, forKey: "key", in: table) }
    let pageBytes = environment.pageBytes
    environment.close()
    let whole = try fileSize(directory.file())
    // Pages are cut off one by one: at first free ones, until one in use is gone.
    var shortest = whole
    while shortest > wanted {
      try #require(truncate(directory.file(), off_t(shortest - pageBytes)) == 0)
      do { try directory.open().close() } catch { break }
      shortest -= pageBytes
    }
    #expect(storeErrorCode { _ = try directory.open() } == .corrupted)
    #expect(shortest < whole, "no page at the end was free")
  }
}
