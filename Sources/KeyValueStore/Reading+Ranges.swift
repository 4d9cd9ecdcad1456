import Glibc

extension Reading where Self: ~Copyable {
  /// Lends a cursor over the table to `body`. The cursor ends with it.
  package func withCursor<R: ~Copyable>(
    in table: Table, _ body: (inout Cursor) throws(StoreError) -> R
  ) throws(StoreError) -> R {
    var cursor = try Cursor(reference: reference, table: table)
    return try body(&cursor)
  }

  /// Lends a cursor over the table to `body`, which may throw errors of its own.
  @_disfavoredOverload
  package func withCursor<R: ~Copyable, E: Error>(
    in table: Table, _ body: (inout Cursor) throws(E) -> R
  ) throws -> R {
    var cursor = try Cursor(reference: reference, table: table)
    return try body(&cursor)
  }

  /// Lends each entry in key order to `body` until it returns false: from the key `from` on, or the first after it,
  /// and only keys that begin with `prefix`. O(log n + entries).
  package func forEach(
    in table: Table, from start: RawSpan? = nil, prefix: RawSpan? = nil,
    body: (_ key: RawSpan, _ value: RawSpan) throws(StoreError) -> Bool
  ) throws(StoreError) {
    var cursor = try Cursor(reference: reference, table: table)
    guard try cursor.seek(from: start, prefix: prefix) else { return }
    while cursor.stands(within: prefix), try cursor.withEntry(body), try cursor.next() {}
  }

  /// Lends each entry in key order to `body`, which may throw errors of its own.
  @_disfavoredOverload
  package func forEach<E: Error>(
    in table: Table, from start: RawSpan? = nil, prefix: RawSpan? = nil,
    body: (_ key: RawSpan, _ value: RawSpan) throws(E) -> Bool
  ) throws {
    var cursor = try Cursor(reference: reference, table: table)
    guard try cursor.seek(from: start, prefix: prefix) else { return }
    while cursor.stands(within: prefix), try cursor.withEntry(body), try cursor.next() {}
  }
}

extension Cursor {
  /// Goes to the first entry that is at or after both keys, where there are any.
  fileprivate mutating func seek(from start: RawSpan?, prefix: RawSpan?) throws(StoreError) -> Bool {
    guard let start else {
      guard let prefix else { return try first() }
      return try seek(toFirstAtOrAfter: prefix)
    }
    guard let prefix, start.isLess(than: prefix) else { return try seek(toFirstAtOrAfter: start) }
    return try seek(toFirstAtOrAfter: prefix)
  }

  fileprivate func stands(within prefix: RawSpan?) -> Bool {
    guard let prefix else { return true }
    return withEntry { key, _ in key.begins(with: prefix) }
  }
}

extension RawSpan {
  /// Whether the bytes sort before the other ones, as LMDB compares keys.
  func isLess(than other: RawSpan) -> Bool {
    let order = compareCommonBytes(with: other)
    return order < 0 || (order == 0 && byteCount < other.byteCount)
  }

  fileprivate func begins(with prefix: RawSpan) -> Bool {
    byteCount >= prefix.byteCount && compareCommonBytes(with: prefix) == 0
  }

  private func compareCommonBytes(with other: RawSpan) -> Int32 {
    withUnsafeBytes { left in
      other.withUnsafeBytes { right in
        guard let a = left.baseAddress, let b = right.baseAddress else { return 0 }
        return memcmp(a, b, min(left.count, right.count))
      }
    }
  }
}
