import Compression
import KeyValueStore

/// Reads the log in order, or at any position, with short transactions: nothing it returns borrows from the store.
///
/// Not thread-safe: one reader a thread.
package final class LogReader {
  private let log: EventLog
  private let decompressor = ZstandardDecompressor()
  private var cached: LogBatch?

  package init(_ log: EventLog) { self.log = log }

  /// The block or tail that holds `position`, or nil behind the end of the log. One transaction.
  package func batch(holding position: Position) throws(LogError) -> LogBatch? {
    try log.read { (transaction) throws(LogError) in
      let state = try log.state(in: transaction)
      guard position >= 1, position <= state.last else { return nil }
      if position <= state.sealed {
        return try log.sealedBatch(holding: position, in: transaction, with: decompressor)
      }
      return LogBatch(open: try log.openBlock(of: state, in: transaction), first: state.sealed + 1)
    }
  }

  /// Gives back the memory of what was read so far: for long passes over the log.
  package func releaseMemory() { log.releaseMemory() }

  /// Calls `body` with block after block that together hold the positions from `first` through `last` (or the end).
  package func forEachBatch(
    from first: Position, through last: Position = .max, _ body: (LogBatch) throws -> Void
  ) throws {
    var next = max(first, 1)
    while next <= last, let batch = try batch(holding: next) {
      try body(batch)
      next = batch.last + 1
    }
  }

  /// Calls `body` for every event from `first` through `last` (or the end), in order.
  package func forEach(
    from first: Position, through last: Position = .max, _ body: (LoggedEvent) throws -> Void
  ) throws {
    try forEachBatch(from: first, through: last) { batch in
      try batch.forEach(from: first, through: last, body)
    }
  }

  /// Calls `body` with the event at a position. Neighbouring calls re-use the decompressed block.
  package func withEvent<Result>(at position: Position, _ body: (LoggedEvent) throws -> Result) throws -> Result {
    if cached.map({ position < $0.first || position > $0.last }) ?? true { cached = try batch(holding: position) }
    guard let cached else {
      throw LogError.noSuchPosition(position, last: try log.info().last)
    }
    var result: Result?
    try cached.forEach(from: position, through: position) { result = try body($0) }
    guard let result else { throw LogError.noSuchPosition(position, last: cached.last) }
    return result
  }
}

extension EventLog {
  /// Gives back the memory in which pages of the file lie that were read, by whomever in this process.
  package func releaseMemory() { environment.releaseMappedPages() }
}
