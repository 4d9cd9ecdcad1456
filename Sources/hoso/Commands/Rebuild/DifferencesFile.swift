import Glibc
import JSON
import Platform

/// The file of `--differences`: a line of JSON for each field that differs.
final class DifferencesFile {
  private let path: String
  private let descriptor: Int32
  private var writer = JSONWriter()

  /// Creates the file, or empties it.
  init(_ path: String) throws {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw Self.failure(path) }
  }

  func write(_ difference: ComparedField) throws {
    ComparisonJSON.write(difference, to: &writer)
    writer.newline()
    if writer.bytes.count >= 1 << 16 { try flush() }
  }

  /// Writes what is held back.
  func close() throws {
    try flush()
    guard Glibc.close(descriptor) == 0 else { throw Self.failure(path) }
  }

  private func flush() throws {
    var rest = writer.bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count >= 0 || errno == EINTR else { throw Self.failure(path) }
      rest = rest.dropFirst(max(0, count))
    }
    writer.removeAll()
  }

  private static func failure(_ path: String) -> DirectoryError {
    DirectoryError("\(path) cannot be written: \(String(cString: strerror(errno)))")
  }
}
