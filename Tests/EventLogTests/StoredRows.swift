import EventLog
import Glibc
import Hashing
import KeyValueStore
import Testing

/// The rows of a log file as the store holds them, for tests that damage or forge them. The log must be closed.
final class StoredRows {
  static let tables = ["meta", "blocks", "tail", "ids", "rejects"]

  private let environment: Environment

  init(_ path: String, creating tables: [String] = []) throws {
    environment = try Environment.open(path: path, options: .init(syncsOnCommit: false))
    for table in tables { _ = try environment.openTable(table, create: true) }
  }

  subscript(table: String) -> [UInt64: [UInt8]] {
    get throws {
      let opened = try environment.openTable(table, create: false)
      var rows: [UInt64: [UInt8]] = [:]
      try environment.read { (transaction) throws(StoreError) in
        try transaction.forEach(in: opened) { (key, value) throws(StoreError) in
          rows[UInt64(bigEndianBytes: key) ?? .max] = [UInt8](value)
          return true
        }
      }
      return rows
    }
  }

  /// Sets a row, or removes it.
  func set(_ table: String, _ key: UInt64, _ value: [UInt8]?) throws {
    let opened = try environment.openTable(table, create: false)
    var transaction = try environment.beginWrite()
    try key.withBigEndianBytes { (key) throws(StoreError) in
      if let value {
        try transaction.put(value.span.bytes, forKey: key, in: opened)
      } else {
        try transaction.delete(key: key, in: opened)
      }
    }
    try transaction.commit()
  }

  /// Changes the content of a record and gives it a checksum that matches.
  func forge(_ table: String, _ key: UInt64, _ change: (inout [UInt8]) throws -> Void) throws {
    var content = Array(try #require(try self[table][key]).dropFirst(8))
    try change(&content)
    try set(table, key, record(content, key: key))
  }
}

extension [UInt8] {
  init(_ span: RawSpan) { self = span.withUnsafeBytes { [UInt8]($0) } }

  /// The little-endian number at an offset.
  func number<Value: FixedWidthInteger>(at offset: Int, as: Value.Type = Value.self) -> Value {
    withUnsafeBytes { Value(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: Value.self)) }
  }

  mutating func set(_ value: some FixedWidthInteger, at offset: Int) {
    let bytes = Swift.withUnsafeBytes(of: value.littleEndian) { [UInt8]($0) }
    replaceSubrange(offset..<(offset + bytes.count), with: bytes)
  }
}

/// The documented form of a record, written down a second time: XXH3-64 of the content seeded with the key, then that.
func record(_ content: [UInt8], key: UInt64) -> [UInt8] {
  let checksum = content.withUnsafeBytes { XXH3.hash64($0, seed: key) }
  return withUnsafeBytes(of: checksum.littleEndian) { [UInt8]($0) } + content
}
