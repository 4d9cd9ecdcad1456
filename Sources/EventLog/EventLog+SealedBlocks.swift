import Compression
import KeyValueStore

extension EventLog {
  /// The sealed block that holds a position.
  func sealedBatch(
    holding position: Position, in transaction: borrowing some Reading & ~Copyable,
    with decompressor: ZstandardDecompressor
  ) throws(LogError) -> LogBatch {
    guard let first = try firstPosition(ofBlockHolding: position, in: transaction) else {
      throw .damaged(position: position, what: "the block that holds this position is missing")
    }
    let batch = try transaction.withRecord(first, in: blocks) { (content) throws(LogError) in
      guard let content else {
        throw .damaged(position: first, what: "the checksum of the block does not match its bytes")
      }
      return try LogBatch(sealed: content, first: first, with: decompressor)
    }
    guard let batch, position <= batch.last else {
      throw .damaged(position: position, what: "the block that holds this position is missing")
    }
    return batch
  }

  /// Where the last block that begins at `position` or before it begins. O(log blocks).
  func firstPosition(
    ofBlockHolding position: Position, in transaction: borrowing some Reading & ~Copyable
  ) throws(LogError) -> Position? {
    let key = Self.key(position)
    return try storeErrors { () throws(StoreError) in
      try transaction.withCursor(in: blocks) { (cursor) throws(StoreError) in
        var isAtEntry = try cursor.seekExactly(key.span.bytes)
        if !isAtEntry {
          isAtEntry = try cursor.seek(toFirstAtOrAfter: key.span.bytes) ? try cursor.previous() : try cursor.last()
        }
        return isAtEntry ? cursor.withEntry { key, _ in UInt64(bigEndianBytes: key) } : nil
      }
    }
  }
}
