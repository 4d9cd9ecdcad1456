package import Compression
package import Events
import Hashing
import KeyValueStore

/// One transaction that appends events; nothing of it is visible before ``commit()``, and all of it is durable after.
///
/// It begins and ends on one thread. Dropping it without a commit takes everything back, and that is all that can be
/// done with one that has thrown.
package struct LogAppender: ~Copyable {
  private let log: EventLog
  private var transaction: WriteTransaction
  private let compressor: ZstandardCompressor
  private var state: LogState
  /// Events behind the last sealed block: those of the tail, then the new ones.
  private var block: OpenBlock
  /// How many events of `block` lie in the tail table already.
  private var storedCount: Int

  fileprivate init(
    _ log: EventLog, compressor: ZstandardCompressor, transaction: consuming WriteTransaction, state: LogState,
    block: OpenBlock
  ) {
    self.log = log
    self.compressor = compressor
    self.transaction = transaction
    self.state = state
    self.block = block
    storedCount = block.count
  }

  /// The position of the newest event, those of this transaction included.
  package var last: Position { state.last }

  /// Adds one canonical document, a single line, and returns its position. A block that is full is compressed and
  /// stored. O(bytes).
  package mutating func append(_ document: UnsafeRawBufferPointer, received: Instant) throws(LogError) -> Position {
    block.append(document, received: received)
    state.last += 1
    state.contentBytes += UInt64(document.count) + 1
    if block.isFull { try seal() }
    return state.last
  }

  /// Stores the full block and empties the tail, all of whose events are in it.
  private mutating func seal() throws(LogError) {
    let first = state.sealed + 1
    state.chain = block.digest(after: state.chain)
    let record: [UInt8]
    do { record = try block.sealed(first: first, chain: state.chain, with: compressor) } catch {
      throw .compression(error)
    }
    try store(record, under: first, in: log.blocks)
    if storedCount > 0 {
      do { try transaction.clear(log.tail) } catch { throw .store(error) }
    }
    state.sealed = state.last
    state.tailChain = .none
    block.removeAll()
    storedCount = 0
  }

  /// Stored events whose (source, id) has one of these hashes. `hashes` are ascending; `found` gets an index into them,
  /// of equal ones that of the first.
  package func lookUp(_ hashes: [UInt64], _ found: (Int, Position) -> Void) throws(LogError) {
    try DuplicateIndex(table: log.identities, in: transaction, runsMade: state.runsMade)
      .lookUp(hashes, in: transaction, found)
  }

  /// Registers the new events for the detection of duplicates. Call it once in a transaction, with all of them.
  package mutating func index(_ entries: [(hash: UInt64, position: Position)]) throws(LogError) {
    var sorted = entries.map { IndexEntry(hash: $0.hash, position: $0.position) }
    sorted.sort()
    var index = try DuplicateIndex(table: log.identities, in: transaction, runsMade: state.runsMade)
    try index.add(sorted, in: &transaction)
    state.runsMade = index.runsMade
  }

  /// The block or tail that holds a position, as it stands in this transaction.
  package func batch(
    holding position: Position, with decompressor: ZstandardDecompressor
  ) throws(LogError) -> LogBatch {
    guard position >= 1, position <= state.last else { throw .noSuchPosition(position, last: state.last) }
    if position > state.sealed { return LogBatch(open: block, first: state.sealed + 1) }
    return try log.sealedBatch(holding: position, in: transaction, with: decompressor)
  }

  /// Sets aside something that could not be accepted, under the next number.
  package mutating func reject(_ reject: Reject) throws(LogError) {
    state.rejectsMade += 1
    try store(Record.sealed(reject.encoded(), key: state.rejectsMade), under: state.rejectsMade, in: log.rejects)
  }

  /// Takes a reject out of the quarantine. Returns whether it was there. Its number is not given out again.
  package mutating func removeReject(_ number: UInt64) throws(LogError) -> Bool {
    let key = EventLog.key(number)
    do { return try transaction.delete(key: key.span.bytes, in: log.rejects) } catch { throw .store(error) }
  }

  /// Makes the quarantine the same as another log's, numbers included. O(rejects of both).
  package mutating func copyRejects(of other: EventLog) throws {
    let made = try other.read { (transaction) throws(LogError) in try other.state(in: transaction).rejectsMade }
    do { try transaction.clear(log.rejects) } catch { throw LogError.store(error) }
    try other.forEachReject { number, reject in
      guard number <= made else { return false }
      try store(Record.sealed(reject.encoded(), key: number), under: number, in: log.rejects)
      return true
    }
    state.rejectsMade = made
  }

  /// Makes everything durable (synced to disk) and visible.
  package consuming func commit() throws(LogError) {
    try storeTail()
    try log.put(state, in: &transaction)
    do { try transaction.commit() } catch { throw .store(error) }
  }

  /// Stores the events that fill no block yet.
  private mutating func storeTail() throws(LogError) {
    for index in storedCount..<block.count {
      let position = state.sealed + 1 + UInt64(index)
      let row = TailRow.encoded(
        block.content[block.table.document(index)], received: block.table.received[index], at: position)
      state.tailChain = row.withUnsafeBytes {
        BLAKE2b.chained(UnsafeRawBufferPointer(rebasing: $0[Record.checksumBytes...]), to: state.tailChain)
      }
      try store(row, under: position, in: log.tail)
    }
  }

  /// Adds a record whose key is above all others of its table.
  private mutating func store(_ record: [UInt8], under number: UInt64, in table: Table) throws(LogError) {
    let key = EventLog.key(number)
    do { try transaction.append(record.span.bytes, forKey: key.span.bytes, in: table) } catch { throw .store(error) }
  }
}

extension EventLog {
  /// Begins the one write transaction that can be open at a time; waits for another process that has one.
  package func append(with compressor: ZstandardCompressor) throws(LogError) -> LogAppender {
    let transaction = try storeErrors { () throws(StoreError) in try environment.beginWrite() }
    let state = try state(in: transaction)
    let block = try openBlock(of: state, in: transaction)
    return LogAppender(self, compressor: compressor, transaction: transaction, state: state, block: block)
  }
}
