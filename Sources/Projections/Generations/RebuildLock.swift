import Glibc

/// Held by the one process that rebuilds. Its file names the process.
package final class RebuildLock {
  private let descriptor: Int32
  private var isHeld = false

  /// Throws `rebuildRunning` at once where another process holds the lock.
  init(path: String) throws(ProjectionError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      if errno == EINTR { continue }
      throw errno == EWOULDBLOCK ? Self.running(descriptor) : Self.failure(path)
    }
    isHeld = true
    let text = Array("\(getpid())\n".utf8)
    // Whoever cannot read the number is told of a rebuild without one.
    if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, text, text.count, 0) }
  }

  /// Runs also where the initialiser has thrown: another process's number must stay then.
  deinit {
    if isHeld { _ = ftruncate(descriptor, 0) }
    if descriptor >= 0 { close(descriptor) }
  }

  private static func running(_ descriptor: Int32) -> ProjectionError {
    var buffer = [UInt8](repeating: 0, count: 16)
    let count = pread(descriptor, &buffer, buffer.count, 0)
    let digits = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).prefix { $0.isNumber }
    return .rebuildRunning(process: Int(digits))
  }

  private static func failure(_ path: String) -> ProjectionError {
    .file("\(path) cannot be locked: \(String(cString: strerror(errno)))")
  }
}
