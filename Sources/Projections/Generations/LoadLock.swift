import Glibc

/// Held by the process that fills a generation: it may need several transactions, between which nobody else must write.
/// The kernel frees it when the process ends.
final class LoadLock {
  private var descriptor: Int32

  /// Waits for another process that fills the generation.
  init(_ generation: Generation) throws(ProjectionError) {
    // LMDB keeps its own locks in a file beside this one.
    descriptor = open(generation.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw Self.failure(generation) }
    while flock(descriptor, LOCK_EX) != 0 {
      guard errno == EINTR else { throw Self.failure(generation) }
    }
  }

  deinit { release() }

  func release() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
  }

  private static func failure(_ generation: Generation) -> ProjectionError {
    .file("\(generation.path) cannot be locked: \(String(cString: strerror(errno)))")
  }
}
