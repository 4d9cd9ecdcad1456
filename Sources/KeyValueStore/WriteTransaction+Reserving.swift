import CLMDB

/// Values that are written in place, without a buffer of their own.
extension WriteTransaction {
  /// Sets the value of a key to `byteCount` bytes that `body` writes in place. They are zero before. O(log n + bytes).
  /// If `body` throws, the transaction can no longer be committed. Throws also what `put` throws.
  package mutating func reserve(
    byteCount: Int, forKey key: UnsafeRawBufferPointer, in table: Table,
    body: (inout MutableRawSpan) throws(StoreError) -> Void
  ) throws(StoreError) {
    try fill(makeRoom(byteCount, key, table), body)
  }

  /// As above, for a body that may throw errors of its own.
  @_disfavoredOverload
  package mutating func reserve<E: Error>(
    byteCount: Int, forKey key: UnsafeRawBufferPointer, in table: Table,
    body: (inout MutableRawSpan) throws(E) -> Void
  ) throws {
    try fill(makeRoom(byteCount, key, table), body)
  }

  /// As above, for a key in a span.
  package mutating func reserve(
    byteCount: Int, forKey key: RawSpan, in table: Table, body: (inout MutableRawSpan) throws(StoreError) -> Void
  ) throws(StoreError) {
    try fill(makeRoom(byteCount, key, table), body)
  }

  /// As above, for a key in a span and a body that may throw errors of its own.
  @_disfavoredOverload
  package mutating func reserve<E: Error>(
    byteCount: Int, forKey key: RawSpan, in table: Table, body: (inout MutableRawSpan) throws(E) -> Void
  ) throws {
    try fill(makeRoom(byteCount, key, table), body)
  }

  /// A half-written value must not become visible, and the value before it is gone, so a throw breaks the transaction.
  private mutating func fill<E: Error>(
    _ room: UnsafeMutableRawBufferPointer, _ body: (inout MutableRawSpan) throws(E) -> Void
  ) throws(E) {
    do throws(E) {
      var span = room.mutableBytes
      try body(&span)
    } catch {
      isBroken = true
      throw error
    }
  }

  private mutating func makeRoom(
    _ byteCount: Int, _ key: RawSpan, _ table: Table
  ) throws(StoreError) -> UnsafeMutableRawBufferPointer {
    try key.withUnsafeBytes { key throws(StoreError) in try makeRoom(byteCount, key, table) }
  }

  private mutating func makeRoom(
    _ byteCount: Int, _ key: UnsafeRawBufferPointer, _ table: Table
  ) throws(StoreError) -> UnsafeMutableRawBufferPointer {
    precondition(byteCount >= 0, "a value has no negative length")
    var room = MDB_val(mv_size: byteCount, mv_data: nil)
    let result = try store(&room, key, table, flags: MDB_RESERVE, "put in")
    guard result == MDB_SUCCESS else { throw reference.error(result: result, table, "put in") }
    let buffer = UnsafeMutableRawBufferPointer(start: room.mv_data, count: byteCount)
    // LMDB leaves what the page held before.
    buffer.initializeMemory(as: UInt8.self, repeating: 0)
    return buffer
  }
}
