import CLMDB
import Glibc
import Synchronization

/// One LMDB environment: one file of sorted tables, with its lock file `<path>-lock` beside it, both of mode 0600.
///
/// Any number of threads and processes may read while one writes; each reader sees the newest state that was committed
/// when it began. The file must lie on a local disk, is never opened twice by one process and never used across a fork.
/// It never shrinks: to give space back, write a new file. There are no checksums on pages, so keep your own on values.
/// Not for single large objects or for data that other programs shall read.
package final class Environment: Sendable {
  package struct Options: Sendable {
    /// Refuse every write. The file must exist.
    package var readOnly = false
    /// The address space to map, in bytes: the most the file can grow to. It costs neither memory nor disk.
    package var mapBytes = 1 << 40
    /// How many tables can be open at once.
    package var tablesMax = 32
    /// How many readers all processes together can have at once.
    package var readersMax = 254
    /// Make each commit durable before it returns. False suits the bulk load of a file that can be thrown away:
    /// it is durable after `sync()`, and unusable after a power failure before that.
    package var syncsOnCommit = true
    /// Refuse to begin a write transaction when the file system has fewer free bytes than this.
    package var diskReserveBytes = 64 << 20

    package init(
      readOnly: Bool = false, mapBytes: Int = 1 << 40, tablesMax: Int = 32, readersMax: Int = 254,
      syncsOnCommit: Bool = true, diskReserveBytes: Int = 64 << 20
    ) {
      self.readOnly = readOnly
      self.mapBytes = mapBytes
      self.tablesMax = tablesMax
      self.readersMax = readersMax
      self.syncsOnCommit = syncsOnCommit
      self.diskReserveBytes = diskReserveBytes
    }
  }

  /// The data file.
  package let path: String
  package let options: Options
  /// The size of a page of the file, in bytes.
  package let pageBytes: Int

  let serial = OpenFiles.makeSerial()
  let identity: OpenFiles.Identity
  let state: Mutex<State>
  /// The tables opened so far by name. LMDB wants one opening at a time, so they are opened under this lock.
  let tables = Mutex<[String: Table]>([:])

  init(path: String, options: Options, identity: OpenFiles.Identity, handle: Handle, pageBytes: Int) {
    self.path = path
    self.options = options
    self.identity = identity
    self.pageBytes = pageBytes
    state = Mutex(State(handle: handle))
  }

  deinit { close() }

  /// The version of the LMDB library in use, such as `0.9.24`.
  package static var libraryVersion: String { LibraryVersion.loaded.description }

  func error(_ code: StoreError.Code, _ operation: String, reason: String? = nil, remedy: String? = nil) -> StoreError {
    StoreError(code, operation: operation, path: path, reason: reason, remedy: remedy)
  }

  func error(result: Int32, _ operation: String) -> StoreError {
    error(StoreError.Code(result: result), operation)
  }
}
