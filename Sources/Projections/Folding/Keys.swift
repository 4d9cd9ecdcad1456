import BinaryCoding
import Hashing
import Identity
import KeyValueStore
import ReadModels

/// Builds the byte keys of the tables. Big-endian, so that byte order is value order.
enum RowKey {
  static func of(_ hash: Hash128) -> [UInt8] {
    var writer = ByteWriter(capacity: 16)
    writer.bigEndian(hash.high)
    writer.bigEndian(hash.low)
    return writer.bytes
  }

  static func of(_ key: IdentifierKey) -> [UInt8] { of(key.hash) }
  static func of(_ key: EntityKey) -> [UInt8] { of(key.hash) }
  static func of(_ a: IdentifierKey, _ b: IdentifierKey) -> [UInt8] { of(a.hash) + of(b.hash) }

  static func owned(_ owner: IdentifierKey, _ entity: EntityKey) -> [UInt8] {
    of(owner.hash) + [entity.kind.rawValue] + of(entity.hash)
  }

  /// The entity of a key that ``owned(_:_:)`` made.
  static func ownedEntity(_ bytes: UnsafeRawBufferPointer) throws(ProjectionError) -> EntityKey {
    guard bytes.count == 33, let kind = EntityKind(rawValue: bytes[16]) else {
      throw .damaged("a key of the table of owned entities is malformed")
    }
    return EntityKey(kind: kind, hash: hash(bytes, at: 17))
  }

  static func timeline(_ subject: Hash128, first: UInt64) -> [UInt8] {
    var writer = ByteWriter(capacity: 24)
    writer.bigEndian(subject.high)
    writer.bigEndian(subject.low)
    writer.bigEndian(first)
    return writer.bytes
  }

  static func hash(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) -> Hash128 {
    Hash128(
      high: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self)),
      low: UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: offset + 8, as: UInt64.self)))
  }

  static func identifier(_ bytes: UnsafeRawBufferPointer, at offset: Int = 0) -> IdentifierKey {
    IdentifierKey(hash(bytes, at: offset))
  }
}

/// The contribution of one row to a digest: its table, key and bytes.
func rowHash(_ tag: RowTag, _ key: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) -> Hash128 {
  XXH3.hash128(value, seed: XXH3.hash64(key, seed: tag.rawValue))
}
