import CLMDB

/// What read and write transactions have in common. A write transaction reads its own writes.
///
/// Values are lent as `RawSpan`, straight from the file's pages and without a copy. The compiler keeps them inside the
/// closure, and since writing needs exclusive access to the transaction, they cannot be used after a change either.
/// Where typed errors matter, write closures as `{ value throws(StoreError) in ... }`.
package protocol Reading: ~Copyable {
  /// The transaction as this module knows it.
  var reference: TransactionReference { get }
}

extension Reading where Self: ~Copyable {
  /// Lends the value of a key to `body`, or returns nil if there is none. O(log n).
  /// Throws `keyEmpty`, `keyTooLong`, `foreignTable`, `tableMissing` or `corrupted`.
  package func withValue<R: ~Copyable>(
    forKey key: RawSpan, in table: Table, _ body: (RawSpan) throws(StoreError) -> R
  ) throws(StoreError) -> R? {
    guard let value = try find(key, in: table) else { return nil }
    return try body(value.bytes)
  }

  /// Lends the value of a key to `body`, which may throw errors of its own.
  @_disfavoredOverload
  package func withValue<R: ~Copyable, E: Error>(
    forKey key: RawSpan, in table: Table, _ body: (RawSpan) throws(E) -> R
  ) throws -> R? {
    guard let value = try find(key, in: table) else { return nil }
    return try body(value.bytes)
  }

  /// As `withValue(forKey:in:_:)`, for a key in a buffer.
  package func withValue<R: ~Copyable>(
    forKey key: UnsafeRawBufferPointer, in table: Table, _ body: (RawSpan) throws(StoreError) -> R
  ) throws(StoreError) -> R? {
    guard let value = try find(key, in: table) else { return nil }
    return try body(value.bytes)
  }

  /// As `withValue(forKey:in:_:)`, for a key in a buffer and a body that may throw errors of its own.
  @_disfavoredOverload
  package func withValue<R: ~Copyable, E: Error>(
    forKey key: UnsafeRawBufferPointer, in table: Table, _ body: (RawSpan) throws(E) -> R
  ) throws -> R? {
    guard let value = try find(key, in: table) else { return nil }
    return try body(value.bytes)
  }

  /// Whether the table has the key. O(log n).
  package func contains(key: RawSpan, in table: Table) throws(StoreError) -> Bool {
    try find(key, in: table) != nil
  }

  /// Whether the table has the key. O(log n).
  package func contains(key: UnsafeRawBufferPointer, in table: Table) throws(StoreError) -> Bool {
    try find(key, in: table) != nil
  }

  /// A copy of the value of a key, or nil. O(log n + bytes).
  package func bytes(forKey key: RawSpan, in table: Table) throws(StoreError) -> [UInt8]? {
    try find(key, in: table).map { [UInt8]($0) }
  }

  /// A copy of the value of a key, or nil. O(log n + bytes).
  package func bytes(forKey key: UnsafeRawBufferPointer, in table: Table) throws(StoreError) -> [UInt8]? {
    try find(key, in: table).map { [UInt8]($0) }
  }

  /// How many entries the table has. O(1).
  package func count(of table: Table) throws(StoreError) -> Int {
    let reference = reference
    try reference.check(table, "count")
    var statistics = MDB_stat()
    let result = mdb_stat(reference.pointer, table.index, &statistics)
    guard result == MDB_SUCCESS else { throw reference.error(result: result, table, "count") }
    return Int(statistics.ms_entries)
  }

  private func find(_ key: RawSpan, in table: Table) throws(StoreError) -> UnsafeRawBufferPointer? {
    try key.withUnsafeBytes { bytes throws(StoreError) in try find(bytes, in: table) }
  }

  private func find(_ key: UnsafeRawBufferPointer, in table: Table) throws(StoreError) -> UnsafeRawBufferPointer? {
    let reference = reference
    try reference.check(key, in: table, "read from")
    var wanted = MDB_val(key)
    var found = MDB_val()
    let result = mdb_get(reference.pointer, table.index, &wanted, &found)
    if result == MDB_SUCCESS { return UnsafeRawBufferPointer(found) }
    guard result == MDB_NOTFOUND else { throw reference.error(result: result, table, "read from") }
    return nil
  }
}
