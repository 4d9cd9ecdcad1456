import CLMDB
import Glibc

/// The one transaction that may change an environment, made by `Environment.beginWrite()`.
///
/// Changes are visible to its own reads at once, and to others after `commit()`. A transaction that goes out of scope
/// without it leaves no trace. It must end on the thread that began it. Commit when `isFull` says so.
package struct WriteTransaction: ~Copyable {
  let environment: Environment
  let pointer: OpaquePointer
  private let thread = pthread_self()
  private var isEnded = false
  /// Set when a value was left half-written, so that the transaction must not be committed.
  var isBroken = false
  var dirtyPages: DirtyPages
  /// Where the latest append ended: the next one to the same table need not search for the end of it.
  var appending: (table: UInt32, cursor: OpaquePointer)?

  init(environment: Environment, pointer: OpaquePointer) {
    self.environment = environment
    self.pointer = pointer
    dirtyPages = DirtyPages(tablesMax: environment.options.tablesMax, pageBytes: environment.pageBytes)
  }

  deinit {
    guard !isEnded, environment.isInOwnProcess else { return }
    Self.checkThread(thread)
    if let appending { mdb_cursor_close(appending.cursor) }
    mdb_txn_abort(pointer)
    environment.endWriter(result: MDB_SUCCESS)
  }

  /// Makes the changes visible to others and, unless `syncsOnCommit` is off, durable.
  ///
  /// Throws `transactionFailed`, `diskFull`, `mapFull`, `forked` or `io`; then nothing was changed.
  /// After an I/O error the environment refuses to write until it is opened again.
  package consuming func commit() throws(StoreError) {
    try finish()
  }

  /// Commits, and leaves a value that can only go out of scope.
  mutating func finish() throws(StoreError) {
    guard environment.isInOwnProcess else { throw environment.error(.forked, "commit to") }
    Self.checkThread(thread)
    guard !isBroken else { throw environment.error(.transactionFailed, "commit to") }
    endAppending()
    isEnded = true
    let result = mdb_txn_commit(pointer)
    environment.endWriter(result: result)
    guard result == MDB_SUCCESS else { throw environment.error(result: result, "commit to") }
  }

  /// About how many bytes of pages the transaction has changed and holds in memory. O(tables).
  package var dirtyBytesEstimate: Int {
    (dirtyPages.estimate(of: pointer) ?? DirtyPages.pagesMax) * environment.pageBytes
  }

  /// Whether about 80,000 pages were changed, so that the transaction should be committed and another begun.
  /// Writes are refused with `transactionFull` from 100,000 on. True as well once a write has failed. O(tables).
  package var isFull: Bool {
    (dirtyPages.estimate(of: pointer) ?? DirtyPages.pagesMax) >= DirtyPages.pagesFull
  }

  private static func checkThread(_ thread: pthread_t) {
    precondition(
      pthread_equal(thread, pthread_self()) != 0, "a write transaction must end on the thread that began it")
  }
}

extension WriteTransaction: Reading {
  package var reference: TransactionReference {
    TransactionReference(pointer: pointer, isWriting: true, environment: environment)
  }
}

@available(*, unavailable, message: "A write transaction stays on the thread that began it.")
extension WriteTransaction: Sendable {}
