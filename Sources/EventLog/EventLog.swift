package import Events
package import Hashing
import KeyValueStore

/// The append-only log: every accepted event once, for ever, under a gap-free position.
///
/// One LMDB file holds sealed blocks of compressed events, the tail of events that do not fill a block yet, the
/// duplicate index and the quarantine, so that one transaction changes all of them or none.
/// Appending goes through ``append(at:)``; reading never blocks it.
package final class EventLog: Sendable {
  let environment: Environment
  let meta: Table
  let blocks: Table
  let tail: Table
  let identities: Table
  let rejects: Table

  /// Opens the log file, creating it when it is not there and `readOnly` is false.
  package init(path: String, readOnly: Bool = false, created: Instant = Instant(microseconds: 0)) throws(LogError) {
    var options = Environment.Options()
    options.readOnly = readOnly
    let chosen = options
    environment = try storeErrors { () throws(StoreError) in try Environment.open(path: path, options: chosen) }
    let environment = environment
    func table(_ name: String) throws(LogError) -> Table {
      try storeErrors { () throws(StoreError) in try environment.openTable(name, create: !readOnly) }
    }
    meta = try table(LogFormat.metaTable)
    blocks = try table(LogFormat.blockTable)
    tail = try table(LogFormat.tailTable)
    identities = try table(LogFormat.identityTable)
    rejects = try table(LogFormat.rejectTable)
    try prepare(readOnly: readOnly, created: created)
  }

  /// Refuses a log of a newer format; writes the first state record of a new one.
  private func prepare(readOnly: Bool, created: Instant) throws(LogError) {
    let stored = try read { (transaction) throws(LogError) in try storedState(in: transaction) }
    guard stored == nil else { return }
    if readOnly { throw .damaged(position: 0, what: "the file holds no log") }
    var transaction = try storeErrors { () throws(StoreError) in try environment.beginWrite() }
    // Another process may have made the log since.
    guard try storedState(in: transaction) == nil else { return }
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

  private func storedState(in transaction: borrowing some Reading & ~Copyable) throws(LogError) -> LogState? {
    try transaction.withRecord(LogFormat.stateKey, in: meta) { (content) throws(LogError) in
      guard let content else {
        throw .damaged(position: 0, what: "the checksum of the log's state record does not match its bytes")
      }
      return try LogState(content)
    }
  }

  /// Where the log stands in a transaction.
  func state(in transaction: borrowing some Reading & ~Copyable) throws(LogError) -> LogState {
    guard let state = try storedState(in: transaction) else {
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

  /// The events behind the last sealed block. O(events of one block).
  func openBlock(
    of state: LogState, in transaction: borrowing some Reading & ~Copyable
  ) throws(LogError) -> OpenBlock {
    var block = OpenBlock()
    try forEachTailRow(of: state, in: transaction) { _, row in block.append(row.document, received: row.received) }
    return block
  }

  /// Lends the rows of the tail to `body`, in order, with the content of their records. Throws at the first one that is
  /// damaged or missing.
  func forEachTailRow(
    of state: LogState, in transaction: borrowing some Reading & ~Copyable,
    _ body: (_ content: UnsafeRawBufferPointer, _ row: TailRow) -> Void
  ) throws(LogError) {
    var next = state.sealed + 1
    try transaction.forEachRecord(in: tail, from: next) { (position, content) throws(LogError) in
      guard position == next else { return false }
      guard let content, let row = TailRow(content) else {
        throw .damaged(position: position, what: "the checksum of the event does not match its bytes")
      }
      body(content, row)
      next += 1
      return next <= state.last
    }
    guard next == state.last + 1 else {
      throw .damaged(position: next, what: "the event is missing from the tail")
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
    var outcome: Swift.Result<Result, LogError>?
    try storeErrors { () throws(StoreError) in
      try environment.read { (transaction) throws(StoreError) in
        do throws(LogError) { outcome = .success(try body(transaction)) } catch { outcome = .failure(error) }
      }
    }
    // The closure above has run: `environment.read` either runs it or throws.
    return try outcome.unsafelyUnwrapped.get()
  }

  /// The stored form of a numeric key: big-endian, so that keys lie in the order of their numbers.
  static func key(_ number: UInt64) -> [UInt8] {
    withUnsafeBytes(of: number.bigEndian) { Array($0) }
  }
}

/// Figures about the log.
package struct LogInfo: Sendable {
  package let last: Position
  package let sealed: Position
  package let blocks: Int
  package let created: Instant
  /// Bytes of all canonical documents with their newlines: the size of an export.
  package let documentBytes: UInt64
  package let fileBytes: Int
  package let rejects: Int
}
