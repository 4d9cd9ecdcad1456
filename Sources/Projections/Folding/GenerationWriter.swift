import EventLog
import Hashing
import KeyValueStore

/// Changes rows of a generation within a transaction, and keeps the digests of its tables current.
struct GenerationWriter: ~Copyable {
  let generation: Generation
  /// True while the generation has no rows at all: then nothing has to be looked up before it is written.
  let isFresh: Bool
  var checkpoint: Checkpoint
  /// What the rows that changed contribute to tallies, until it is written.
  var tallies = Tallies()
  /// Nil only after renewing it has failed; then the error has ended the batch.
  private var transaction: WriteTransaction?
  /// How many bytes of pages a transaction may change while a generation is filled.
  private let loadBytesMax: Int
  private var appended = 0

  /// Begins the write transaction; the checkpoint is the one that it finds.
  init(_ generation: Generation, loadBytesMax: Int) throws {
    let transaction = try generation.environment.beginWrite()
    let checkpoint = try generation.checkpoint(in: transaction)
    self.init(generation, checkpoint, loadBytesMax, transaction)
  }

  private init(
    _ generation: Generation, _ checkpoint: Checkpoint, _ loadBytesMax: Int, _ transaction: consuming WriteTransaction
  ) {
    self.generation = generation
    self.loadBytesMax = loadBytesMax
    self.checkpoint = checkpoint
    isFresh = checkpoint.position == 0
    self.transaction = consume transaction
  }

  var tables: ProfileTables { generation.tables }
  /// The form of its rows: nothing is written into a generation of an older one.
  var form: UInt32 { checkpoint.version }

  /// What `body` makes of a row as it stands, or nil if there is none.
  func withRow<Result>(
    _ key: UnsafeRawBufferPointer, in table: Table, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result? {
    let found: Result?? = try transaction?.withValue(forKey: key, in: table) { row in
      try row.withUnsafeBytes { try body($0) }
    }
    return found ?? nil
  }

  func isEmpty(_ table: Table) throws -> Bool { try transaction?.count(of: table) ?? 0 == 0 }

  /// Calls `body` for the rows whose keys begin with a prefix.
  func forEachRow(
    prefix: RowKey, in table: Table, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try prefix.withBytes { prefix in
      try transaction?.forEach(in: table, prefix: prefix.bytes) { key, row in
        try key.withUnsafeBytes { key in try row.withUnsafeBytes { row in try body(key, row) } }
        return true
      }
    }
  }

  /// The last row whose key is not behind `end`.
  func withLastRow(
    through end: RowKey, in table: Table, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try end.withBytes { end in
      try transaction?.withCursor(in: table) { (cursor) throws in
        let isBehind = try cursor.seek(toFirstAtOrAfter: end)
        guard isBehind ? try cursor.previous() : try cursor.last() else { return }
        try cursor.withEntry { key, row in
          try key.withUnsafeBytes { key in try row.withUnsafeBytes { row in try body(key, row) } }
        }
      }
    }
  }

  /// Sets a row that counts in the digest. `old` is the hash of the row that it replaces, if there is one.
  mutating func put(
    _ value: UnsafeRawBufferPointer, forKey key: UnsafeRawBufferPointer, in table: Table, _ tag: RowTag, old: Hash128?
  ) throws {
    if let old { checkpoint.digests[tag].remove(old) }
    checkpoint.digests[tag].add(rowHash(tag, key, value))
    try transaction?.put(value, forKey: key, in: table)
  }

  /// Deletes a row that counts in the digest, whose hash is `old`.
  mutating func delete(_ key: UnsafeRawBufferPointer, in table: Table, _ tag: RowTag, old: Hash128) throws {
    checkpoint.digests[tag].remove(old)
    try transaction?.delete(key: key, in: table)
  }

  /// Sets a row of an index, which follows from other rows and is not digested.
  mutating func putIndex(
    _ value: UnsafeRawBufferPointer, forKey key: UnsafeRawBufferPointer, in table: Table
  ) throws {
    try transaction?.put(value, forKey: key, in: table)
  }

  mutating func deleteIndex(_ key: UnsafeRawBufferPointer, in table: Table) throws {
    try transaction?.delete(key: key, in: table)
  }

  /// Stores the settings that the rows are made by.
  mutating func setSettings(_ settings: FoldSettings, upcasters: UInt64) throws {
    let (key, value, meta) = (
      StoredSettings.key, StoredSettings.encoded(settings, upcasters: upcasters), tables.meta
    )
    try transaction?.put(value.span.bytes, forKey: key.span.bytes, in: meta)
  }

  /// Stores the checkpoint and commits.
  consuming func commit() throws {
    let (key, value, mark, meta) = (Checkpoint.key, checkpoint.encoded(), Checkpoint.loadingKey, tables.meta)
    try transaction?.put(value.span.bytes, forKey: key.span.bytes, in: meta)
    try transaction?.delete(key: mark.span.bytes, in: meta)
    try transaction.take()?.commit()
  }
}

/// Filling a generation that has no rows.
extension GenerationWriter {
  /// Adds a row behind all others of its table. It is not digested: batches of rows bring their digests along.
  mutating func appendIndex(
    _ value: UnsafeRawBufferPointer, forKey key: UnsafeRawBufferPointer, in table: Table
  ) throws {
    appended += 1
    if appended & 0xFF == 0 {
      generation.filling.report(rows: appended)
      if transaction?.dirtyBytesEstimate ?? 0 >= loadBytesMax { try renew() }
    }
    try transaction?.append(value, forKey: key, in: table)
  }

  /// Commits what was appended and goes on in another transaction: LMDB keeps the pages that one changes in memory, and
  /// bounds their number.
  mutating func renew() throws {
    // Readers must not take some rows for all, and the next load must begin anew if this one does not end.
    let (mark, nothing, meta) = (Checkpoint.loadingKey, [UInt8(0)], tables.meta)
    try transaction?.put(nothing.span.bytes, forKey: mark.span.bytes, in: meta)
    try transaction.take()?.commit()
    transaction = try generation.environment.beginWrite()
  }

  /// Takes away what a load that was interrupted has left.
  mutating func clear() throws {
    let mark = Checkpoint.loadingKey
    let isLeft = try mark.withUnsafeBytes { try withRow($0, in: tables.meta) { _ in true } } ?? false
    guard isLeft else { return }
    for table in tables.rows { try transaction?.clear(table) }
  }
}
