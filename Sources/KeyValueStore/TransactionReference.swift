import CLMDB
import Glibc

/// What reading needs of a transaction. Only this module can use what is inside.
package struct TransactionReference {
  let pointer: OpaquePointer
  /// Whether it may change what it reads.
  let isWriting: Bool
  /// The environment that it reads.
  package let environment: Environment

  /// Throws if the key or the table cannot be used with this transaction.
  func check(_ key: UnsafeRawBufferPointer, in table: Table, _ operation: String) throws(StoreError) {
    guard key.count - 1 < KeyLimits.byteCountMax, key.count > 0, table.environmentSerial == environment.serial else {
      throw diagnose(key, in: table, operation)
    }
  }

  /// Throws if the table belongs to another environment.
  func check(_ table: Table, _ operation: String) throws(StoreError) {
    guard table.environmentSerial == environment.serial else { throw error(.foreignTable, table, operation) }
  }

  private func diagnose(_ key: UnsafeRawBufferPointer, in table: Table, _ operation: String) -> StoreError {
    guard table.environmentSerial == environment.serial else { return error(.foreignTable, table, operation) }
    guard key.count > 0 else { return error(.keyEmpty, table, operation) }
    return error(
      .keyTooLong, table, operation,
      reason: "the key has \(key.count) bytes and may have 1 to \(KeyLimits.byteCountMax)")
  }

  func error(_ code: StoreError.Code, _ table: Table, _ operation: String, reason: String? = nil) -> StoreError {
    StoreError(code, operation: operation, path: environment.path, table: table.name, reason: reason)
  }

  /// The error for a result code of a call on a table. LMDB answers EINVAL where a table is younger than the
  /// transaction, which is the one documented cause that `check` has not ruled out.
  func error(result: Int32, _ table: Table, _ operation: String) -> StoreError {
    guard result == EINVAL || result == MDB_BAD_DBI else {
      return error(StoreError.Code(result: result), table, operation)
    }
    return StoreError(
      .tableMissing, operation: operation, path: environment.path, table: table.name,
      reason: "the table was opened after this transaction began", remedy: "Open tables before transactions.")
  }
}
