import Glibc
import Synchronization

/// Says to other processes that one is building a generation: a lock on the generation's file, which the kernel takes
/// away when the process ends, however it ends.
///
/// It belongs to an open file description, so that nothing else that opens or closes the file has a bearing on it; and
/// others can see it without taking it.
final class BuildMark: Sendable {
  private let descriptor: Mutex<Int32>

  /// Marks a file, which is created if it is not there.
  init(path: String) throws(ProjectionError) {
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    self.descriptor = Mutex(descriptor)
    var lock = Self.lock()
    guard fcntl(descriptor, Self.set, &lock) == 0 else { throw Self.failure(path) }
  }

  deinit { release() }

  func release() {
    descriptor.withLock { descriptor in
      guard descriptor >= 0 else { return }
      close(descriptor)
      descriptor = -1
    }
  }

  /// Whether somebody builds the generation in a file. False where there is no such file.
  static func isSet(on path: String) throws(ProjectionError) -> Bool {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return false }
      throw failure(path)
    }
    defer { close(descriptor) }
    var lock = Self.lock()
    guard fcntl(descriptor, get, &lock) == 0 else { throw failure(path) }
    return lock.l_type != Int16(F_UNLCK)
  }

  // Linux's numbers of F_OFD_SETLK and F_OFD_GETLK, which Swift does not import.
  private static let set: Int32 = 37
  private static let get: Int32 = 36

  /// A lock for writing on the whole file, owned by no process.
  private static func lock() -> flock {
    var lock = flock()
    lock.l_type = Int16(F_WRLCK)
    lock.l_whence = Int16(SEEK_SET)
    return lock
  }

  private static func failure(_ path: String) -> ProjectionError {
    .file("\(path) cannot be locked: \(String(cString: strerror(errno)))")
  }
}
