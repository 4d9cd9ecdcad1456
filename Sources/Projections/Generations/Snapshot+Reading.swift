import Identity
import KeyValueStore

extension Snapshot {
  /// What `read` makes of the row of a key, or nil if there is none.
  func value<Value>(
    _ key: RowKey, in table: Table, _ read: (UnsafeRawBufferPointer) throws -> Value
  ) throws(ProjectionError) -> Value? {
    try projectionErrors {
      try key.withBytes { key in
        try withValue(forKey: key, in: table) { row in try row.withUnsafeBytes { try read($0) } }
      }
    }
  }

  /// Calls `body` for the rows from a key on, or for those whose keys begin with a prefix, until it returns false.
  func scan(
    _ table: Table, from start: RowKey? = nil, prefix: RowKey? = nil,
    _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Bool
  ) throws(ProjectionError) {
    let (start, prefix) = (start?.bytes, prefix?.bytes)
    try projectionErrors {
      try forEach(in: table, from: start?.span.bytes, prefix: prefix?.span.bytes) { key, row in
        try key.withUnsafeBytes { key in try row.withUnsafeBytes { row in try body(key, row) } }
      }
    }
  }

  /// As `scan`, for a body of the caller's, whose errors are handed on as they are.
  func forEach(
    in table: Table, from first: IdentifierKey?, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Bool
  ) throws {
    var failure: (any Error)?
    let start = first.map { RowKey($0) }
    try scan(table, from: start) { key, row in
      do { return try body(key, row) } catch { failure = error }
      return false
    }
    if let failure { throw failure }
  }
}
