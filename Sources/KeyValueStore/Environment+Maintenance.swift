import CLMDB
import Glibc
import Synchronization

extension Environment {
  /// What a store holds and how full it is.
  package struct Statistics: Equatable, Sendable {
    /// The pages in use or free inside the file, in bytes. The file never gets smaller.
    package let fileBytes: Int
    /// The same in pages.
    package let pageCount: Int
    package let pageBytes: Int
    /// The address space mapped, in bytes: the most that `fileBytes` can become.
    package let mapBytes: Int
    /// How many slots for readers were ever in use at once, over all processes.
    package let readerSlotCount: Int
    package let readersMax: Int
    /// The number of the last committed write transaction.
    package let lastTransaction: UInt64
  }

  /// The figures of now. O(1). Throws `closed` or `forked`.
  package var statistics: Statistics {
    get throws(StoreError) {
      let handle = try hold("inspect")
      defer { release() }
      var information = MDB_envinfo()
      let result = mdb_env_info(handle.pointer, &information)
      guard result == MDB_SUCCESS else { throw error(result: result, "inspect") }
      let pageCount = Int(information.me_last_pgno) &+ 1
      return Statistics(
        fileBytes: pageCount * pageBytes, pageCount: pageCount, pageBytes: pageBytes,
        mapBytes: Int(information.me_mapsize), readerSlotCount: Int(information.me_numreaders),
        readersMax: Int(information.me_maxreaders),
        lastTransaction: UInt64(bitPattern: Int64(information.me_last_txnid)))
    }
  }

  /// Makes every commit so far durable; needed only with `syncsOnCommit` off. Throws `readOnly`, `diskFull` or `io`.
  package func sync() throws(StoreError) {
    guard !options.readOnly else { throw error(.readOnly, "sync") }
    let handle = try hold("sync")
    defer { release() }
    guard !state.withLock({ $0.hasFailed }) else { throw error(.environmentFailed, "sync") }
    let result = mdb_env_sync(handle.pointer, 1)
    guard result == MDB_SUCCESS else {
      if result == EIO { state.withLock { $0.hasFailed = true } }
      throw error(result: result, "sync")
    }
  }

  /// Writes a copy of the newest committed state to a new file of mode 0600 and makes it durable. Readers and writers
  /// go on. Copy to a temporary name, verify, and rename. `compacting` leaves out free pages, and takes longer.
  ///
  /// Throws `alreadyExists`, `busy` (this thread holds the write transaction), `diskFull` or `io`; then no file is left.
  package func copy(to target: String, compacting: Bool = false) throws(StoreError) {
    let handle = try hold("copy")
    defer { release() }
    guard !isHeldByThisThread else {
      throw error(
        .busy, "copy", reason: "this thread holds the write transaction",
        remedy: "Commit or abandon it first.")
    }
    // LMDB's own function would create a file that everybody may read.
    let descriptor = Glibc.open(target, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, DataFile.mode)
    guard descriptor >= 0 else { throw copyError(errno, target) }
    var result = mdb_env_copyfd2(handle.pointer, descriptor, compacting ? UInt32(MDB_CP_COMPACT) : 0)
    if result == MDB_SUCCESS, fsync(descriptor) != 0 { result = errno }
    if Glibc.close(descriptor) != 0, result == MDB_SUCCESS { result = errno }
    if result == MDB_SUCCESS { result = FileSystem.syncDirectory(FileSystem.directory(ofPath: target)) }
    guard result == MDB_SUCCESS else { throw copyError(result, target, removing: true) }
  }

  private func copyError(_ result: Int32, _ target: String, removing: Bool = false) -> StoreError {
    let remains = removing && unlink(target) != 0
    // LMDB's name for a compacting copy that met fewer pages than the header counts.
    let code = result == MDB_INCOMPATIBLE ? .corrupted : StoreError.Code(result: result)
    let leftover = remains ? ", and an incomplete file remains" : ""
    return StoreError(code, operation: "copy \(path) to", path: target, reason: code.usualReason + leftover)
  }
}
