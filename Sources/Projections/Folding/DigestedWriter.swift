import EventLog
import Hashing
import KeyValueStore

/// Writes rows of a generation and keeps the digest of all rows current.
struct DigestedWriter: ~Copyable {
  private(set) var transaction: WriteTransaction
  var checkpoint: Checkpoint
  /// True while the generation has no rows at all: then nothing has to be looked up before it is written.
  let isFresh: Bool

  init(_ transaction: consuming WriteTransaction, checkpoint: Checkpoint) {
    self.transaction = transaction
    self.checkpoint = checkpoint
    isFresh = checkpoint.position == 0
  }

  /// Sets a row that counts in the digest. Returns the bytes it replaces.
  @discardableResult
  mutating func put(_ value: [UInt8], forKey key: [UInt8], in table: Table, _ tag: RowTag) throws -> [UInt8]? {
    let old = isFresh ? nil : try transaction.bytes(forKey: key.span.bytes, in: table)
    key.withUnsafeBytes { key in
      if let old { checkpoint.digest.remove(old.withUnsafeBytes { rowHash(tag, key, $0) }) }
      checkpoint.digest.add(value.withUnsafeBytes { rowHash(tag, key, $0) })
    }
    try transaction.put(value.span.bytes, forKey: key.span.bytes, in: table)
    return old
  }

  /// Deletes a row that counts in the digest. Returns its bytes.
  @discardableResult
  mutating func delete(_ key: [UInt8], in table: Table, _ tag: RowTag) throws -> [UInt8]? {
    guard let old = try transaction.bytes(forKey: key.span.bytes, in: table) else { return nil }
    checkpoint.digest.remove(key.withUnsafeBytes { key in old.withUnsafeBytes { rowHash(tag, key, $0) } })
    try transaction.delete(key: key.span.bytes, in: table)
    return old
  }

  /// Sets a row of an index, which follows from other rows and is not digested.
  mutating func putIndex(_ value: [UInt8], forKey key: [UInt8], in table: Table) throws {
    try transaction.put(value.span.bytes, forKey: key.span.bytes, in: table)
  }

  mutating func deleteIndex(_ key: [UInt8], in table: Table) throws {
    try transaction.delete(key: key.span.bytes, in: table)
  }

  /// Stores the checkpoint and commits.
  consuming func commit(_ tables: ProfileTables) throws {
    let (key, value) = (Checkpoint.key, checkpoint.encoded())
    try transaction.put(value.span.bytes, forKey: key.span.bytes, in: tables.meta)
    try transaction.commit()
  }
}
