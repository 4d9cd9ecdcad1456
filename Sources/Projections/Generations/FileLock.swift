import Glibc

/// An exclusive lock on a file, among processes and among openings of one process. The kernel frees it when the process
/// ends, however it ends.
final class FileLock {
  private var descriptor: Int32

  /// Waits until nobody else holds the lock. The file must be there unless it is to be created.
  init(path: String, creating: Bool = false) throws(ProjectionError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | (creating ? O_CREAT : 0), 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw Self.failure(path) }
    }
  }

  deinit { release() }

  func release() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
  }

  private static func failure(_ path: String) -> ProjectionError {
    .file("\(path) cannot be locked: \(String(cString: strerror(errno)))")
  }
}
