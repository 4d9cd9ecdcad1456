import Glibc

/// The data file of an environment before LMDB opens it: it exists, is a regular file, and is known by its inode.
struct DataFile {
  /// Read and write for the owner, nothing for others: the files hold personal data.
  static let mode: mode_t = 0o600

  let path: String
  let identity: OpenFiles.Identity
  /// Whether it was created just now, so that its directory entry is not durable yet.
  let isNew: Bool

  /// Finds the file, or creates an empty one, which LMDB takes for a new environment.
  init(path: String, readOnly: Bool) throws(StoreError) {
    let access = (readOnly ? O_RDONLY : O_RDWR) | O_CLOEXEC
    var descriptor = Glibc.open(path, access)
    let exists = descriptor >= 0
    if !exists, errno == ENOENT, !readOnly {
      descriptor = Glibc.open(path, access | O_CREAT, Self.mode)
    }
    guard descriptor >= 0 else { throw StoreError(.init(errorNumber: errno), operation: "open", path: path) }
    var status = stat()
    // The descriptor was only looked at, so nothing can be lost by a failure to close it.
    defer { _ = Glibc.close(descriptor) }
    guard fstat(descriptor, &status) == 0 else {
      throw StoreError(.init(errorNumber: errno), operation: "open", path: path)
    }
    try Self.check(status, path: path, readOnly: readOnly)
    guard let forkCount = ForkCount.begin() else { throw StoreError(.outOfMemory, operation: "open", path: path) }
    self.path = path
    isNew = !exists
    identity = OpenFiles.Identity(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), forkCount: forkCount)
  }

  private static func check(_ status: stat, path: String, readOnly: Bool) throws(StoreError) {
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw StoreError(
        .corrupted, operation: "open", path: path,
        reason: "it is not a regular file", remedy: "Check the path.")
    }
    guard !readOnly || status.st_size > 0 else {
      throw StoreError(.corrupted, operation: "open", path: path, reason: "the file is empty")
    }
  }
}
