import CLMDB

/// A place in the order of a table's keys, lent by `Reading.withCursor`.
///
/// It stands on an entry exactly after a move that returned true. A new cursor stands before the first and after the
/// last entry: `next()` goes to the first, `previous()` to the last. After a move that returned false it stands nowhere,
/// and `next()` and `previous()` return false until it seeks again. Keys compare as unsigned bytes.
package struct Cursor: ~Copyable {
  private enum Standing {
    case fresh, onEntry, nowhere
  }

  private let reference: TransactionReference
  private let table: Table
  private let pointer: OpaquePointer
  private var standing = Standing.fresh
  private var key = UnsafeRawBufferPointer(start: nil, count: 0)
  private var value = UnsafeRawBufferPointer(start: nil, count: 0)

  init(reference: TransactionReference, table: Table) throws(StoreError) {
    try reference.check(table, "read from")
    var opened: OpaquePointer?
    let result = mdb_cursor_open(reference.pointer, table.index, &opened)
    guard result == MDB_SUCCESS, let opened else { throw reference.error(result: result, table, "read from") }
    pointer = opened
    self.reference = reference
    self.table = table
  }

  deinit { mdb_cursor_close(pointer) }

  /// Goes to the first entry of the table. O(log n).
  package mutating func first() throws(StoreError) -> Bool {
    try move(MDB_FIRST)
  }

  /// Goes to the last entry of the table. O(log n).
  package mutating func last() throws(StoreError) -> Bool {
    try move(MDB_LAST)
  }

  /// Goes to the next entry in key order. O(1) amortised.
  ///
  /// Throws `corrupted` where a reader finds that its key is not above the one before: a damaged tree can lead in circles.
  package mutating func next() throws(StoreError) -> Bool {
    guard standing != .nowhere else { return false }
    guard standing == .onEntry else { return try move(MDB_FIRST) }
    let former = key
    guard try move(MDB_NEXT) else { return false }
    // A writer may have changed the page on which the former key was; a reader's pages stay.
    if !reference.isWriting, !former.bytes.isLess(than: key.bytes) {
      standing = .nowhere
      throw reference.error(.corrupted, table, "read from", reason: "the file is damaged: keys are out of order")
    }
    return true
  }

  /// Goes to the entry before in key order. O(1) amortised.
  package mutating func previous() throws(StoreError) -> Bool {
    guard standing != .nowhere else { return false }
    return try move(standing == .fresh ? MDB_LAST : MDB_PREV)
  }

  /// Goes to the first entry whose key is not less than `key`; an empty key means the first entry. O(log n).
  package mutating func seek(toFirstAtOrAfter key: RawSpan) throws(StoreError) -> Bool {
    try key.withUnsafeBytes { bytes throws(StoreError) in try seek(toFirstAtOrAfter: bytes) }
  }

  /// Goes to the first entry whose key is not less than `key`; an empty key means the first entry. O(log n).
  package mutating func seek(toFirstAtOrAfter key: UnsafeRawBufferPointer) throws(StoreError) -> Bool {
    guard key.count > 0 else { return try first() }
    return try move(MDB_SET_RANGE, to: key)
  }

  /// Goes to the entry with exactly this key. O(log n).
  package mutating func seekExactly(_ key: RawSpan) throws(StoreError) -> Bool {
    try key.withUnsafeBytes { bytes throws(StoreError) in try seekExactly(bytes) }
  }

  /// Goes to the entry with exactly this key. O(log n).
  package mutating func seekExactly(_ key: UnsafeRawBufferPointer) throws(StoreError) -> Bool {
    try move(MDB_SET_KEY, to: key)
  }

  /// Lends the key and the value of the entry that the cursor stands on. O(1).
  /// It is a programming error to ask a cursor that stands on none.
  package func withEntry<R: ~Copyable, E: Error>(
    _ body: (_ key: RawSpan, _ value: RawSpan) throws(E) -> R
  ) throws(E) -> R {
    precondition(standing == .onEntry, "the cursor stands on no entry: its last move returned false")
    return try body(key.bytes, value.bytes)
  }

  private mutating func move(_ operation: MDB_cursor_op, to key: UnsafeRawBufferPointer) throws(StoreError) -> Bool {
    standing = .nowhere
    try reference.check(key, in: table, "seek in")
    return try move(operation, MDB_val(key))
  }

  private mutating func move(_ operation: MDB_cursor_op, _ wanted: MDB_val = MDB_val()) throws(StoreError) -> Bool {
    var foundKey = wanted
    var foundValue = MDB_val()
    standing = .nowhere
    let result = mdb_cursor_get(pointer, &foundKey, &foundValue, operation)
    guard result != MDB_NOTFOUND else { return false }
    guard result == MDB_SUCCESS else { throw reference.error(result: result, table, "seek in") }
    standing = .onEntry
    key = UnsafeRawBufferPointer(foundKey)
    value = UnsafeRawBufferPointer(foundValue)
    return true
  }
}
