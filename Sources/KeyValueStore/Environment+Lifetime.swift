import CLMDB
import Glibc
import Synchronization

extension Environment {
  /// LMDB's environment.
  /// Sendable because LMDB allows every call on it from any thread except closing, which waits for the last hold.
  struct Handle: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  /// A read transaction that was reset, for the next reader to renew.
  /// Sendable because it has one owner at a time, the state or one reader, and MDB_NOTLS ties it to no thread.
  struct IdleReader: @unchecked Sendable {
    let pointer: OpaquePointer
  }

  struct State {
    let handle: Handle
    var idleReaders: [IdleReader] = []
    /// How many transactions and calls in progress need the handle.
    var holdCount = 0
    var isClosing = false
    /// A write to the disk failed in a way after which the kernel may claim success without having written.
    var hasFailed = false
    /// The thread that holds the write transaction, if a thread of this process does.
    var writerThread: pthread_t?

    init(handle: Handle) { self.handle = handle }

    var canShutDown: Bool { isClosing && holdCount == 0 }
  }

  /// Forbids new transactions, and closes the file now or when the last transaction in progress ends. Idempotent.
  /// A forked child leaves the parent's environment alone.
  package func close() {
    guard isInOwnProcess else { return }
    let shutsDown = state.withLock { state in
      guard !state.isClosing else { return false }
      state.isClosing = true
      return state.canShutDown
    }
    if shutsDown { shutDown() }
  }

  /// Whether this is the process that opened the environment, and not a fork of it.
  var isInOwnProcess: Bool { ForkCount.current == identity.forkCount }

  /// The handle, kept open until the matching `release()`.
  func hold(_ operation: String) throws(StoreError) -> Handle {
    guard isInOwnProcess else { throw error(.forked, operation) }
    let handle: Handle? = state.withLock { state in
      guard !state.isClosing else { return nil }
      state.holdCount += 1
      return state.handle
    }
    guard let handle else { throw error(.closed, operation) }
    return handle
  }

  func release() {
    let shutsDown = state.withLock { state in
      state.holdCount -= 1
      return state.canShutDown
    }
    if shutsDown { shutDown() }
  }

  /// Whether the calling thread holds the write transaction, so that waiting for the write lock would never end.
  var isHeldByThisThread: Bool {
    state.withLock { state in
      guard let writer = state.writerThread else { return false }
      return pthread_equal(writer, pthread_self()) != 0
    }
  }

  /// Closes the file. Called once: after closing began no hold is given, and one caller sees the last one go.
  private func shutDown() {
    let (handle, readers) = state.withLock { state in
      defer { state.idleReaders = [] }
      return (state.handle, state.idleReaders)
    }
    OpenFiles.unregister(identity) {
      for reader in readers { mdb_txn_abort(reader.pointer) }
      mdb_env_close(handle.pointer)
    }
  }
}
