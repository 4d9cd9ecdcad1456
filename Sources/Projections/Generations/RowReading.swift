import KeyValueStore

/// What reads the rows of a generation: a snapshot, or the writer, which sees its own changes.
protocol RowReading: ~Copyable {
  var tables: ProfileTables { get }
  /// The form that the rows of states are in.
  var form: UInt32 { get }

  /// What `body` makes of a row as it stands, or nil if there is none.
  func withRow<Result>(
    _ key: UnsafeRawBufferPointer, in table: Table, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result?

  /// Calls `body` for the rows whose keys begin with a prefix.
  func forEachRow(
    prefix: RowKey, in table: Table, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Void
  ) throws

  func isEmpty(_ table: Table) throws -> Bool
}

extension GenerationWriter: RowReading {}

extension Snapshot: RowReading {
  func withRow<Result>(
    _ key: UnsafeRawBufferPointer, in table: Table, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result? {
    try withValue(forKey: key, in: table) { row in try row.withUnsafeBytes { try body($0) } }
  }

  func forEachRow(
    prefix: RowKey, in table: Table, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try scan(table, prefix: prefix) { key, row in
      try body(key, row)
      return true
    }
  }

  func isEmpty(_ table: Table) throws -> Bool { try count(of: table) == 0 }
}
