import EventLog
import Glibc

/// A log whose creation was cut short by the end of the process or of the power: its file is there, but its headers were never
/// written, and no event was ever in it.
extension DataDirectory {
  private static let headerBytes = 2 * 4096

  /// Whether the file has no headers, and holds nothing that has the form of an event or of a quarantined document. O(file).
  func hasUnbornLog() throws -> Bool {
    guard let headers = firstBytes(), headers.allSatisfy({ $0 == 0 }) else { return false }
    let salvage = try Salvage(path: logFile)
    return salvage.foundCount == 0 && salvage.rejectCount == 0
  }

  /// Removes the file, so that the log can be created.
  func removeUnbornLog() throws(DirectoryError) {
    guard unlink(logFile) == 0 || errno == ENOENT else {
      throw DirectoryError("\(logFile) cannot be removed: \(String(cString: strerror(errno)))")
    }
  }

  private func firstBytes() -> ArraySlice<UInt8>? {
    let descriptor = open(logFile, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: Self.headerBytes)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    return count >= 0 ? bytes.prefix(count) : nil
  }
}
