import Glibc
import KeyValueStore
import Testing

/// A directory of its own for one test, removed with everything in it when the value goes.
final class TemporaryDirectory: Sendable {
  let path: String

  init() throws {
    var template = Array("\(Self.parent)/KeyValueStoreTests.XXXXXX".utf8CString)
    let made = template.withUnsafeMutableBufferPointer { buffer in
      guard let start = buffer.baseAddress else { return false }
      return mkdtemp(start) != nil
    }
    try #require(made, "mkdtemp failed with errno \(errno)")
    path = template.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
  }

  deinit {
    chmod(path, 0o700)
    if let listing = opendir(path) {
      while let entry = readdir(listing) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        unlink(path + "/" + name)
      }
      closedir(listing)
    }
    rmdir(path)
  }

  private static var parent: String {
    getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
  }

  func file(_ name: String = "store.mdb") -> String { path + "/" + name }

  /// An environment for tests, which need no durability.
  func open(_ name: String = "store.mdb", readOnly: Bool = false, reserve: Int = 0) throws -> Environment {
    try Environment.open(
      path: file(name),
      options: .init(readOnly: readOnly, syncsOnCommit: false, diskReserveBytes: reserve))
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014): a seeded generator, so that a failure can be run again.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func bytes(_ counts: ClosedRange<Int>, alphabet: ClosedRange<UInt8> = 0...255) -> [UInt8] {
    let count = Int.random(in: counts, using: &self)
    return (0..<count).map { _ in UInt8.random(in: alphabet, using: &self) }
  }
}

extension WriteTransaction {
  mutating func put(_ value: [UInt8], forKey key: [UInt8], in table: Table) throws(StoreError) {
    try put(value.span.bytes, forKey: key.span.bytes, in: table)
  }

  mutating func put(_ value: String, forKey key: String, in table: Table) throws(StoreError) {
    try put(Array(value.utf8), forKey: Array(key.utf8), in: table)
  }
}

extension Reading where Self: ~Copyable {
  func text(forKey key: String, in table: Table) throws(StoreError) -> String? {
    let key = Array(key.utf8)
    return try bytes(forKey: key.span.bytes, in: table).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension Environment {
  func text(forKey key: String, in table: Table) throws(StoreError) -> String? {
    try read { transaction throws(StoreError) in try transaction.text(forKey: key, in: table) }
  }

  func put(_ value: String, forKey key: String, in table: Table) throws(StoreError) {
    var transaction = try beginWrite()
    try transaction.put(value, forKey: key, in: table)
    try transaction.commit()
  }

  func append(_ count: Int, valueBytes: Int, in table: Table) throws(StoreError) {
    let value = [UInt8](repeating: 7, count: valueBytes)
    var transaction = try beginWrite()
    for number in 0..<UInt64(count) {
      try number.withBigEndianBytes { key throws(StoreError) in
        try transaction.append(value.span.bytes, forKey: key, in: table)
      }
    }
    try transaction.commit()
  }
}

/// The code of the `StoreError` that `body` throws, or nil with a recorded issue if it throws none.
func storeErrorCode(_ body: () throws -> Void) -> StoreError.Code? {
  #expect(throws: StoreError.self, performing: body)?.code
}

func fileSize(_ path: String) throws -> Int {
  var status = stat()
  try #require(stat(path, &status) == 0, "stat failed with errno \(errno)")
  return Int(status.st_size)
}
