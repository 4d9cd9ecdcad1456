import CLMDB

extension WriteTransaction {
  /// Sets the value of a key, whether there was one or not. O(log n).
  /// Throws `keyEmpty`, `keyTooLong`, `valueTooLong`, `foreignTable`, `tableMissing`, `transactionFull` or `mapFull`.
  package mutating func put(
    _ value: UnsafeRawBufferPointer, forKey key: UnsafeRawBufferPointer, in table: Table
  ) throws(StoreError) {
    let result = try store(value, key, table, flags: 0, "put in")
    guard result == MDB_SUCCESS else { throw reference.error(result: result, table, "put in") }
  }

  /// Adds an entry whose key comes after every other key of the table: the fastest way, and it packs pages full.
  /// Throws `keyOrder` if it does not, and what `put` throws. O(1) amortised.
  package mutating func append(
    _ value: UnsafeRawBufferPointer, forKey key: UnsafeRawBufferPointer, in table: Table
  ) throws(StoreError) {
    let result = try store(value, key, table, flags: MDB_APPEND, "append to")
    guard result != MDB_KEYEXIST else { throw reference.error(.keyOrder, table, "append to") }
    guard result == MDB_SUCCESS else { throw reference.error(result: result, table, "append to") }
  }

  /// Adds an entry unless the key has a value, and says whether it did. O(log n). Throws what `put` throws.
  package mutating func insertIfAbsent(
    _ value: UnsafeRawBufferPointer, forKey key: UnsafeRawBufferPointer, in table: Table
  ) throws(StoreError) -> Bool {
    let result = try store(value, key, table, flags: MDB_NOOVERWRITE, "insert into")
    guard result != MDB_KEYEXIST else { return false }
    guard result == MDB_SUCCESS else { throw reference.error(result: result, table, "insert into") }
    return true
  }

  /// Removes an entry, and says whether there was one. O(log n).
  @discardableResult
  package mutating func delete(key: UnsafeRawBufferPointer, in table: Table) throws(StoreError) -> Bool {
    try reference.check(key, in: table, "delete from")
    // The leaf, and a neighbour that it is merged with.
    let pages = 2
    guard dirtyPages.admit(pages, in: table, of: pointer) else {
      throw reference.error(.transactionFull, table, "delete from")
    }
    endAppending()
    var target = MDB_val(key)
    let result = mdb_del(pointer, table.index, &target, nil)
    guard result != MDB_NOTFOUND else { return false }
    guard result == MDB_SUCCESS else { throw reference.error(result: result, table, "delete from") }
    dirtyPages.noteRewritten(pages, in: table)
    return true
  }

  /// Removes every entry. The table stays. O(pages of the table).
  package mutating func clear(_ table: Table) throws(StoreError) {
    try reference.check(table, "clear")
    endAppending()
    let result = mdb_drop(pointer, table.index, 0)
    guard result == MDB_SUCCESS else { throw reference.error(result: result, table, "clear") }
    dirtyPages.noteCleared(table)
  }

  private mutating func store(
    _ value: UnsafeRawBufferPointer, _ key: UnsafeRawBufferPointer, _ table: Table, flags: Int32, _ operation: String
  ) throws(StoreError) -> Int32 {
    var stored = MDB_val(value)
    return try store(&stored, key, table, flags: flags, operation)
  }

  private mutating func put(_ key: inout MDB_val, _ value: inout MDB_val, _ table: Table, _ flags: Int32) -> Int32 {
    endAppending()
    return mdb_put(pointer, table.index, &key, &value, UInt32(flags))
  }

  private mutating func appendAtEnd(_ key: inout MDB_val, _ value: inout MDB_val, _ table: Table) -> Int32 {
    if let appending, appending.table == table.index {
      return mdb_cursor_put(appending.cursor, &key, &value, UInt32(MDB_APPEND))
    }
    endAppending()
    var opened: OpaquePointer?
    let result = mdb_cursor_open(pointer, table.index, &opened)
    guard result == MDB_SUCCESS, let cursor = opened else { return result }
    appending = (table.index, cursor)
    return mdb_cursor_put(cursor, &key, &value, UInt32(MDB_APPEND))
  }

  /// Forgets where the latest append ended: before anything else is changed, and before the transaction ends.
  mutating func endAppending() {
    guard let ended = appending else { return }
    appending = nil
    mdb_cursor_close(ended.cursor)
  }

  /// Checks the preconditions, calls LMDB and counts the pages. Returns LMDB's result.
  mutating func store(
    _ value: inout MDB_val, _ key: UnsafeRawBufferPointer, _ table: Table, flags: Int32, _ operation: String
  ) throws(StoreError) -> Int32 {
    try reference.check(key, in: table, operation)
    let valueBytes = value.mv_size
    guard valueBytes <= KeyLimits.valueByteCountMax else { throw reference.error(.valueTooLong, table, operation) }
    let overflowPages = dirtyPages.overflowPages(keyBytes: key.count, valueBytes: valueBytes)
    guard dirtyPages.admit(1 + overflowPages, in: table, of: pointer) else {
      throw reference.error(.transactionFull, table, operation)
    }
    var storedKey = MDB_val(key)
    let result =
      if flags == MDB_APPEND {
        appendAtEnd(&storedKey, &value, table)
      } else {
        put(&storedKey, &value, table, flags)
      }
    guard result == MDB_SUCCESS else { return result }
    if flags == MDB_APPEND {
      let bytes = overflowPages > 0 ? overflowPages * environment.pageBytes : key.count + valueBytes
      dirtyPages.noteAppended(bytes, in: table)
    } else {
      dirtyPages.noteRewritten(1 + overflowPages, in: table)
    }
    return result
  }
}
