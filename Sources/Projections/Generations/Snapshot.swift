package import KeyValueStore

/// The rows of a generation as of one moment, lent by ``Generation/read(_:)``. Batches that are committed meanwhile do
/// not show. Keep it short: while it lasts the file cannot re-use pages.
package struct Snapshot: ~Copyable, Reading {
  /// The transaction that all rows are read in.
  package let reference: TransactionReference
  let tables: ProfileTables
  /// How far the generation was at that moment.
  package let checkpoint: Checkpoint

  /// The form that the rows of states are in: that of the program that made them.
  var form: UInt32 { checkpoint.version }
}

extension Generation {
  /// Runs `body` with a consistent view of all rows. Throws `ProjectionError`, and whatever `body` throws.
  package func read<Result: ~Copyable>(_ body: (borrowing Snapshot) throws -> Result) throws -> Result {
    let readRows: (borrowing ReadTransaction) throws -> Result = { transaction in
      let (checkpoint, mark) = (try self.checkpoint(in: transaction), Checkpoint.loadingKey)
      if try transaction.contains(key: mark.span.bytes, in: self.tables.meta) {
        throw ProjectionError.incomplete(file: self.path)
      }
      return try body(Snapshot(reference: transaction.reference, tables: self.tables, checkpoint: checkpoint))
    }
    return try environment.read(readRows)
  }
}
