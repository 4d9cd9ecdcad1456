import CLMDB
import Glibc
import Synchronization

extension Environment {
  /// How many reset readers are kept for the next ones. Each occupies a slot and holds no snapshot.
  private static var idleReadersMax: Int { 8 }

  /// Runs `body` in a read transaction, which sees the newest state committed so far and nothing later.
  ///
  /// Keep it short: while it lasts, no page freed since can be used again, and the file grows. Copy out what outlives
  /// it. Throws `closed`, `forked` or `readersFull` besides what `body` throws. Where typed errors matter, write the
  /// closure as `{ transaction throws(StoreError) in ... }`.
  package func read<R: ~Copyable>(
    _ body: (borrowing ReadTransaction) throws(StoreError) -> R
  ) throws(StoreError) -> R {
    let transaction = ReadTransaction(environment: self, pointer: try beginReader())
    return try body(transaction)
  }

  /// Runs `body`, which may throw errors of its own, in a read transaction.
  @_disfavoredOverload
  package func read<R: ~Copyable, E: Error>(_ body: (borrowing ReadTransaction) throws(E) -> R) throws -> R {
    let transaction = ReadTransaction(environment: self, pointer: try beginReader())
    return try body(transaction)
  }

  /// Begins the one write transaction, and waits for that of another thread or process to end.
  ///
  /// It must end on the thread that began it: use a thread of your own for writing, not a task. Throws `readOnly`,
  /// `busy` (this thread holds it already), `diskFull`, `environmentFailed`, `closed`, `forked` or `io`.
  package func beginWrite() throws(StoreError) -> WriteTransaction {
    let pointer = try beginWriter("begin writing")
    return WriteTransaction(environment: self, pointer: pointer)
  }

  private func beginReader() throws(StoreError) -> OpaquePointer {
    let handle = try hold("read")
    if let reader = state.withLock({ $0.idleReaders.popLast() }) {
      if mdb_txn_renew(reader.pointer) == MDB_SUCCESS { return reader.pointer }
      mdb_txn_abort(reader.pointer)  // a fresh one reports the cause, if it lasts
    }
    var transaction: OpaquePointer?
    var result = mdb_txn_begin(handle.pointer, nil, UInt32(MDB_RDONLY), &transaction)
    if result == MDB_READERS_FULL {
      var dead: Int32 = 0
      result = mdb_reader_check(handle.pointer, &dead)
      if result == MDB_SUCCESS {
        result = mdb_txn_begin(handle.pointer, nil, UInt32(MDB_RDONLY), &transaction)
      }
    }
    guard result == MDB_SUCCESS, let transaction else {
      release()
      throw error(result: result, "read")
    }
    return transaction
  }

  /// Takes back a reader: keeps it for the next one if there is room.
  func endReader(_ pointer: OpaquePointer) {
    guard isInOwnProcess else { return }
    mdb_txn_reset(pointer)
    let isKept = state.withLock { state in
      guard !state.isClosing, state.idleReaders.count < Self.idleReadersMax else { return false }
      state.idleReaders.append(IdleReader(pointer: pointer))
      state.holdCount -= 1
      return true
    }
    guard !isKept else { return }
    mdb_txn_abort(pointer)
    release()
  }

  private func beginWriter(_ operation: String) throws(StoreError) -> OpaquePointer {
    guard !options.readOnly else { throw error(.readOnly, operation) }
    let handle = try hold(operation)
    do throws(StoreError) {
      try checkCanWrite(handle, operation)
      var transaction: OpaquePointer?
      let result = mdb_txn_begin(handle.pointer, nil, 0, &transaction)
      guard result == MDB_SUCCESS, let transaction else { throw error(result: result, operation) }
      state.withLock { $0.writerThread = pthread_self() }
      return transaction
    } catch {
      release()
      throw error
    }
  }

  private func checkCanWrite(_ handle: Handle, _ operation: String) throws(StoreError) {
    guard !isHeldByThisThread else {
      throw error(
        .busy, operation, reason: "this thread holds the write transaction",
        remedy: "Commit or abandon it first.")
    }
    guard !state.withLock({ $0.hasFailed }) else { throw error(.environmentFailed, operation) }
    var dead: Int32 = 0
    // A reader that was killed would keep every page freed since from being used again.
    let result = mdb_reader_check(handle.pointer, &dead)
    guard result == MDB_SUCCESS else { throw error(result: result, operation) }
    try checkDisk(handle, operation)
  }

  private func checkDisk(_ handle: Handle, _ operation: String) throws(StoreError) {
    var descriptor: Int32 = -1
    let result = mdb_env_get_fd(handle.pointer, &descriptor)
    guard result == MDB_SUCCESS else { throw error(result: result, operation) }
    switch FileSystem.freeBytes(ofFile: descriptor) {
    case .failure(let number):
      throw error(result: number.value, operation)
    case .success(let freeBytes):
      guard freeBytes < options.diskReserveBytes else { return }
      throw error(
        .diskFull, operation,
        reason:
          "the file system has \(freeBytes) bytes free and \(options.diskReserveBytes) are kept in reserve")
    }
  }

  /// Notes that this thread's write transaction has ended, with the result of its commit.
  func endWriter(result: Int32) {
    state.withLock { state in
      // The next writer may have begun between the commit and here.
      if let writer = state.writerThread, pthread_equal(writer, pthread_self()) != 0 { state.writerThread = nil }
      if result == EIO { state.hasFailed = true }
    }
    release()
  }
}
