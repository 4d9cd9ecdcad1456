import Compression
import Hashing
import KeyValueStore

/// A check of the log in progress.
struct LogCheck {
  private let log: EventLog
  /// What one transaction saw at the start. Sealed blocks never change; the tail does, so it was read with it.
  private let state: LogState
  private let tail: Result<(block: OpenBlock, chain: BLAKE2b.Digest), LogError>
  private let blockCount: Int
  private let tailCount: Int

  private(set) var result = LogVerification()
  private let decompressor = ZstandardDecompressor()
  /// The digest of the events so far; nil where it cannot be known.
  private var chain: BLAKE2b.Digest? = BLAKE2b.Digest.none
  private var contentBytes: UInt64 = 0

  init(_ log: EventLog) throws(LogError) {
    self.log = log
    (state, tail, blockCount, tailCount) = try log.read { (transaction) throws(LogError) in
      let state = try log.state(in: transaction)
      return (
        state, Self.tail(of: log, state, in: transaction), try transaction.entryCount(of: log.blocks),
        try transaction.entryCount(of: log.tail)
      )
    }
  }

  private static func tail(
    of log: EventLog, _ state: LogState, in transaction: borrowing ReadTransaction
  ) -> Result<(block: OpenBlock, chain: BLAKE2b.Digest), LogError> {
    var (block, chain) = (OpenBlock(), BLAKE2b.Digest.none)
    do throws(LogError) {
      try log.forEachTailRow(of: state, in: transaction) { content, row in
        block.append(row.document, received: row.received)
        chain = BLAKE2b.chained(content, to: chain)
      }
      return .success((block, chain))
    } catch {
      return .failure(error)
    }
  }

  /// Checks that no page has two uses.
  mutating func pages() {
    do { try log.environment.checkPages(everyPageHasUse: true) } catch { result.note(.store(error), at: 0) }
  }

  /// Checks the sealed blocks in order, and goes on behind each that is damaged or missing.
  mutating func blocks(progress: (Position, Position) -> Void) {
    var next: Position = 1
    while next <= state.sealed {
      do throws(LogError) {
        next = try checkBlock(at: next)
      } catch {
        result.note(error, at: next)
        next = resume(behind: next)
      }
      progress(next - 1, state.last)
    }
  }

  /// Checks the block that begins at a position. Returns where the next one must begin.
  private mutating func checkBlock(at first: Position) throws(LogError) -> Position {
    let batch = try log.read { (transaction) throws(LogError) in
      try log.sealedBatch(holding: first, in: transaction, with: decompressor)
    }
    guard batch.first == first else { throw .damaged(position: first, what: "blocks overlap") }
    result.events += UInt64(batch.count)
    result.blocks += 1
    batch.withContent { content in
      contentBytes += UInt64(content.count)
      if let chain { self.chain = BLAKE2b.chained(content, to: chain) }
    }
    if let chain, chain != batch.chain {
      // The following blocks are checked against what this one claims, so that one edit is reported once.
      self.chain = batch.chain
      let what = "the digest chain breaks: an event of this block, or one before it, was edited, lost or moved"
      result.note(.damaged(position: first, what: what), at: first)
    }
    chain = batch.chain
    return batch.last + 1
  }

  /// Where the block behind a damaged or missing one begins, or the end of the sealed events. It is taken as it is,
  /// since the chain before it is not known; those behind it are checked against it.
  private mutating func resume(behind damaged: Position) -> Position {
    chain = nil
    var following: Position?
    do throws(LogError) {
      let log = log
      try log.read { (transaction) throws(LogError) in
        try transaction.forEachRecord(in: log.blocks, from: damaged + 1) { key, _ in
          following = key
          return false
        }
      }
    } catch {
      result.note(error, at: damaged + 1)
    }
    guard let following, following > damaged, following <= state.sealed else { return state.sealed + 1 }
    return following
  }

  /// Checks the tail, and that everything adds up to what the state record says.
  mutating func end() {
    let open: OpenBlock
    do {
      let tail = try tail.get()
      open = tail.block
      if tail.chain != state.tailChain { noteEnd("an event of the tail was edited, lost or moved") }
    } catch {
      return result.note(error, at: state.sealed + 1)
    }
    result.events += UInt64(open.count)
    contentBytes += UInt64(open.content.count)
    result.digest = open.digest(after: chain ?? .none)
    guard result.isIntact else { return }
    if chain != state.chain { noteEnd("the digest chain does not end where the log's state record says") }
    if contentBytes != state.contentBytes { noteEnd("the events have not the size that the log's state record says") }
    if result.blocks != blockCount { noteEnd("there are blocks that do not belong to the log") }
    if open.count != tailCount { noteEnd("there are rows in the tail that do not belong to it") }
  }

  private mutating func noteEnd(_ what: String) {
    result.note(.damaged(position: state.sealed + 1, what: what), at: state.sealed + 1)
  }

  /// Checks the quarantine.
  mutating func rejects() {
    var damage: [LogError] = []
    do throws(LogError) {
      let log = log
      try log.read { (transaction) throws(LogError) in
        try transaction.forEachRecord(in: log.rejects, from: 0) { number, content in
          do throws(LogError) { _ = try EventLog.reject(number, content) } catch { damage.append(error) }
          return true
        }
      }
    } catch {
      damage.append(error)
    }
    for error in damage { result.note(error, at: 0) }
  }

  /// Checks that the duplicate index is all there, sorted, and names positions of the log.
  mutating func duplicateIndex() {
    do throws(LogError) {
      try log.read { (transaction) throws(LogError) in
        let state = try log.state(in: transaction)
        let index = try DuplicateIndex(table: log.identities, in: transaction, runsMade: state.runsMade)
        try index.verify(through: state.last, in: transaction)
      }
    } catch {
      result.note(error, at: 0)
    }
  }
}
