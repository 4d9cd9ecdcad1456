import KeyValueStore

extension EventLog {
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
      guard position == next, next <= state.last else { return false }
      guard let content, let row = TailRow(content) else {
        throw .damaged(position: position, what: "the checksum of the event does not match its bytes")
      }
      body(content, row)
      next += 1
      return true
    }
    guard next == state.last + 1 else {
      throw .damaged(position: next, what: "the event is missing from the tail")
    }
  }
}
