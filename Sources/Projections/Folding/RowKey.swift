import EventLog
import Hashing
import Identity
import KeyValueStore
import ReadModels

/// A key of a table, at most 40 bytes, built without allocating. Numbers are big-endian, so that byte order is value order.
struct RowKey {
  private var words: (UInt64, UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0, 0)
  private var byteCount = 0

  init(_ hash: Hash128) { append(hash) }
  init(_ key: IdentifierKey) { append(key.hash) }
  init(_ key: EntityKey) { append(key.hash) }
  init(_ position: Position) { append(position) }

  /// What begins with a byte.
  init(part: UInt8) { append(part) }

  /// Of the table of links.
  init(_ anchor: Hash128, _ other: Hash128) {
    append(anchor)
    append(other)
  }

  /// Of the table of owned entities.
  init(owner: Hash128, _ kind: EntityKind, _ entity: Hash128) {
    append(owner)
    append(kind.rawValue)
    append(entity)
  }

  /// Of the table of sales.
  init(product: Hash128, time: UInt64, order: Hash128) {
    append(product)
    append(time)
    append(order)
  }

  /// Of the table of timelines.
  init(subject: Hash128, first: Position) {
    append(subject)
    append(first)
  }

  private mutating func append(_ hash: Hash128) {
    append(hash.high)
    append(hash.low)
  }

  private mutating func append<Number: FixedWidthInteger>(_ number: Number) {
    let offset = byteCount
    withUnsafeMutableBytes(of: &words) { $0.storeBytes(of: number.bigEndian, toByteOffset: offset, as: Number.self) }
    byteCount += MemoryLayout<Number>.size
  }

  var bytes: [UInt8] { withBytes { Array($0) } }

  /// Lends the bytes.
  func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try withUnsafeBytes(of: words) { try body(UnsafeRawBufferPointer(rebasing: $0[..<byteCount])) }
  }
}

/// Reads parts of stored keys.
enum StoredKey {
  static func hash(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) -> Hash128 {
    Hash128(high: position(bytes, at: offset), low: position(bytes, at: offset + 8))
  }

  static func identifier(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) -> IdentifierKey {
    IdentifierKey(hash(bytes, at: offset))
  }

  /// 0 where the bytes are too few, which only damage makes: then the rows that it leads to are not found.
  static func position(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) -> Position {
    guard bytes.count >= offset + 8 else { return 0 }
    return UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
  }

  /// The entity of a key of the table of owned entities.
  static func ownedEntity(_ bytes: UnsafeRawBufferPointer) throws(ProjectionError) -> EntityKey {
    guard bytes.count == 33, let kind = EntityKind(rawValue: bytes[16]) else {
      throw .damaged("a key of the table of owned entities is malformed")
    }
    return EntityKey(kind: kind, hash: hash(bytes, at: 17))
  }
}

/// The contribution of one row to the digest: its table, key and bytes.
func rowHash(_ tag: RowTag, _ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Hash128 {
  XXH3.hash128(value, seed: XXH3.hash64(key, seed: tag.rawValue))
}
