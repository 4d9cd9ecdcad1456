import Compression
import EventLog
import Events
import Glibc
import Hashing
import Testing

@Suite("Flipped bits")
struct BitFlipTests {
  /// A closed log of two blocks, a tail, an index and rejects.
  private static func makeLog(_ path: String) throws {
    var generator = SeededGenerator(seed: 5)
    let log = try EventLog(path: path)
    for part in 0..<4 {
      var appender = try log.append(with: ZstandardCompressor())
      try appender.add(generator.events(300, 10...60))
      try appender.index((0..<300).map { (generator.next() >> (64 - IdentityHash.bits), UInt64(part * 300 + $0 + 1)) })
      try appender.reject(
        Reject(
          kind: .schema, reason: "reason", file: "file", line: 1, received: Instant(microseconds: 1), input: "ndjson",
          original: [1, 2, 3]))
      try appender.commit()
    }
  }

  /// Whether verification finds damage, or cannot even begin.
  private static func isDamageFound(_ path: String) -> Bool {
    do {
      return try !EventLog(path: path, readOnly: true).verify().isIntact
    } catch {
      return true
    }
  }

  @Test("Any flipped bit of any stored value is found", arguments: 0..<10 as Range<UInt64>)
  func inValues(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let directory = try TemporaryDirectory()
    try Self.makeLog(directory.file())
    for _ in 0..<40 {
      let table = StoredRows.tables.randomElement(using: &generator) ?? "meta"
      let (key, value): (UInt64, [UInt8])
      do {
        let rows = try StoredRows(directory.file())
        (key, value) = try #require(try rows[table].sorted { $0.key < $1.key }.randomElement(using: &generator))
        var damaged = value
        let bit = generator.int(0...(value.count * 8 - 1))
        damaged[bit / 8] ^= 1 << UInt8(bit % 8)
        try rows.set(table, key, damaged)
      }
      #expect(Self.isDamageFound(directory.file()), "\(table), key \(key)")
      try StoredRows(directory.file()).set(table, key, value)
    }
    #expect(!Self.isDamageFound(directory.file()), "everything was put back")
  }

  /// LMDB's own pages carry no checksums, and a damaged one may stop the process, which is why verification of a
  /// suspect file belongs into a process of its own. What must not happen is that events are read wrong unnoticed.
  @Test(
    "A flipped bit anywhere in the file is found, harmless, or stops the process", arguments: 0..<24 as Range<UInt64>)
  func inFile(seed: UInt64) async throws {
    let directory = try TemporaryDirectory()
    try Self.makeLog(directory.file())
    let digest = try EventLog(path: directory.file(), readOnly: true).digest().description
    var generator = SeededGenerator(seed: seed)
    try flip(Int(generator.next() % UInt64(try fileBytes(directory.file()) * 8)), in: directory.file())
    await #expect(processExitsWith: .success) { [path = directory.file() as String, digest = digest as String] in
      // What LMDB does on damaged pages counts as found; a trap of this program's own does not.
      for signal in [SIGSEGV, SIGBUS, SIGABRT, SIGALRM] { Glibc.signal(signal) { _ in _exit(0) } }
      alarm(30)
      do {
        let log = try EventLog(path: path, readOnly: true)
        let result = try log.verify()
        if result.isIntact, result.digest.description != digest || result.events != 1200 { exit(3) }
      } catch {
        exit(0)
      }
    }
  }

  private func flip(_ bit: Int, in path: String) throws {
    let descriptor = open(path, O_RDWR)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var byte: UInt8 = 0
    try #require(pread(descriptor, &byte, 1, bit / 8) == 1)
    byte ^= 1 << UInt8(bit % 8)
    try #require(pwrite(descriptor, &byte, 1, bit / 8) == 1)
  }

  private func fileBytes(_ path: String) throws -> Int {
    var status = stat()
    try #require(stat(path, &status) == 0)
    return Int(status.st_size)
  }
}
