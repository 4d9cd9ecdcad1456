package import Events
package import Hashing
import KeyValueStore

/// The append-only log: every accepted event once, for ever, under a gap-free position.
///
/// One LMDB file holds sealed blocks of compressed events, the tail of events that do not fill a block yet, the
/// duplicate index and the quarantine, so that one transaction changes all of them or none.
/// Appending goes through ``append(with:)``; reading never blocks it.
package final class EventLog: Sendable {
  let environment: Environment
  let meta: Table
  let blocks: Table
  let tail: Table
  let identities: Table
  let rejects: Table

  /// Opens the log file, creating it when it is not there and `readOnly` is false. `created` is noted in a new one.
  package init(path: String, readOnly: Bool = false, created: Instant = Instant(microseconds: 0)) throws(LogError) {
    let environment = try storeErrors { () throws(StoreError) in
      try Environment.open(path: path, options: Environment.Options(readOnly: readOnly))
    }
    // What is listed as free and is not would be destroyed by the next commit.
    if !readOnly { try storeErrors { () throws(StoreError) in try environment.checkPages() } }
    func table(_ name: String) throws(LogError) -> Table {
      try storeErrors { () throws(StoreError) in try environment.openTable(name, create: !readOnly) }
    }
    let meta = try table(LogFormat.metaTable)
    // A newer format is refused before anything is added to its file.
    let isNew = try environment.snapshot { (transaction) throws(LogError) in
      try transaction.logState(in: meta) == nil
    }
    if isNew, readOnly { throw .neverCreated }
    self.environment = environment
    self.meta = meta
    blocks = try table(LogFormat.blockTable)
    tail = try table(LogFormat.tailTable)
    identities = try table(LogFormat.identityTable)
    rejects = try table(LogFormat.rejectTable)
    if isNew { try begin(created: created) }
  }

  /// Writes the first state record.
  private func begin(created: Instant) throws(LogError) {
    var transaction = try storeErrors { () throws(StoreError) in try environment.beginWrite() }
    // Another process may have made the log since.
    guard try transaction.logState(in: meta) == nil else { return }
    for table in [blocks, tail, identities, rejects] where try transaction.entryCount(of: table) > 0 {
      throw .damaged(position: 0, what: "the log's state record is missing")
    }
    var state = LogState()
    state.created = created
    try put(state, in: &transaction)
    do { try transaction.commit() } catch { throw .store(error) }
  }

  /// Replaces the state record.
  func put(_ state: LogState, in transaction: inout WriteTransaction) throws(LogError) {
    let (key, record) = (Self.key(LogFormat.stateKey), state.encoded())
    do { try transaction.put(record.span.bytes, forKey: key.span.bytes, in: meta) } catch { throw .store(error) }
  }

  /// Where the log stands in a transaction.
  func state(in transaction: borrowing some Reading & ~Copyable) throws(LogError) -> LogState {
    guard let state = try transaction.logState(in: meta) else {
      throw .damaged(position: 0, what: "the log's state record is missing")
    }
    return state
  }

  /// Where the log stands now.
  package func info() throws(LogError) -> LogInfo {
    let fileBytes = try storeErrors { () throws(StoreError) in try environment.statistics.fileBytes }
    return try read { (transaction) throws(LogError) in
      let state = try state(in: transaction)
      return LogInfo(
        last: state.last, sealed: state.sealed, blocks: try transaction.entryCount(of: blocks), created: state.created,
        documentBytes: state.contentBytes, fileBytes: fileBytes, rejects: try transaction.entryCount(of: rejects))
    }
  }

  /// A cryptographic commitment to all events in order: equal digests mean equal logs.
  ///
  /// Receipt times are not part of it, so an exported and re-ingested log has the same digest. O(events of one block).
  package func digest() throws(LogError) -> BLAKE2b.Digest {
    try read { (transaction) throws(LogError) in
      let state = try state(in: transaction)
      return try openBlock(of: state, in: transaction).digest(after: state.chain)
    }
  }

  /// Copies the whole log to another file, consistently, while others write. The copy is synced, not renamed.
  package func copy(to path: String) throws(LogError) {
    try storeErrors { () throws(StoreError) in try environment.copy(to: path) }
  }

  /// Runs `body` in a read transaction.
  func read<Result>(
    _ body: (borrowing ReadTransaction) throws(LogError) -> Result
  ) throws(LogError) -> Result {
    try environment.snapshot(body)
  }

  /// The stored form of a numeric key: big-endian, so that keys lie in the order of their numbers.
  static func key(_ number: UInt64) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }
}
