import CLMDB
import Synchronization

extension Environment {
  /// The table of this name, opened once for the life of the environment. Works in read-only environments.
  ///
  /// Open tables before the transactions that use them. With `create` a missing table is made in a write transaction
  /// of its own, so a thread that holds the write transaction gets `busy`.
  /// Throws: `tableMissing`, `tablesFull`, `tableIncompatible`, `invalidName`, and what beginning a transaction throws.
  package func openTable(_ name: String, create: Bool) throws(StoreError) -> Table {
    try checkName(name)
    do throws(StoreError) {
      return try openExistingTable(name)
    } catch {
      guard create, error.code == .tableMissing else { throw error }
    }
    while true {
      if let table = try createTable(name) { return table }
    }
  }

  private func checkName(_ name: String) throws(StoreError) {
    guard !name.isEmpty, !name.utf8.contains(0), name.utf8.count <= KeyLimits.byteCountMax else {
      throw StoreError(
        .invalidName, operation: "open", path: path, table: name,
        reason: "a table's name has 1 to \(KeyLimits.byteCountMax) bytes, none of them zero")
    }
  }

  private func openExistingTable(_ name: String) throws(StoreError) -> Table {
    let handle = try hold("open")
    defer { release() }
    return try tables.withLock { tables throws(StoreError) in
      if let table = tables[name] { return table }
      var transaction: OpaquePointer?
      let result = mdb_txn_begin(handle.pointer, nil, UInt32(MDB_RDONLY), &transaction)
      guard result == MDB_SUCCESS, let transaction else { throw tableError(result, name) }
      let table: Table
      do throws(StoreError) {
        table = try bind(name, in: transaction, flags: 0)
      } catch {
        mdb_txn_abort(transaction)
        throw error
      }
      // Committing, though nothing was written, is what keeps the table's number valid.
      let committed = mdb_txn_commit(transaction)
      guard committed == MDB_SUCCESS else { throw tableError(committed, name) }
      tables[name] = table
      return table
    }
  }

  /// Makes the table, or returns nil if another thread opened one meanwhile: the transaction that began before that
  /// would give the new table the same number. The write lock is taken before the lock on the tables, since a thread
  /// that holds the write transaction may open existing tables.
  private func createTable(_ name: String) throws(StoreError) -> Table? {
    let openCount = tables.withLock { $0.count }
    var transaction = try beginWrite()
    return try tables.withLock { tables throws(StoreError) in
      guard tables.count == openCount else { return nil }
      let table = try bind(name, in: transaction.pointer, flags: UInt32(MDB_CREATE))
      try transaction.finish()
      tables[name] = table
      return table
    }
  }

  private func bind(_ name: String, in transaction: OpaquePointer, flags: UInt32) throws(StoreError) -> Table {
    var index: UInt32 = 0
    var result = mdb_dbi_open(transaction, name, flags, &index)
    guard result != MDB_NOTFOUND else { throw StoreError(.tableMissing, operation: "open", path: path, table: name) }
    var properties: UInt32 = 0
    if result == MDB_SUCCESS { result = mdb_dbi_flags(transaction, index, &properties) }
    guard result == MDB_SUCCESS else { throw tableError(result, name) }
    guard properties == 0 else { throw StoreError(.tableIncompatible, operation: "open", path: path, table: name) }
    return Table(name: name, index: index, environmentSerial: serial)
  }

  private func tableError(_ result: Int32, _ name: String) -> StoreError {
    StoreError(.init(result: result), operation: "open", path: path, table: name)
  }
}
