import Glibc
import KeyValueStore

/// Small files of UTF-8, read and written whole.
package enum TextFile {
  /// The content, or nil when there is no such file.
  package static func read(_ path: String) throws(DirectoryError) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw failure(path, "be read")
    }
    defer { close(descriptor) }
    guard let text = String(validating: try content(of: descriptor, path), as: UTF8.self) else {
      throw DirectoryError("\(path) is not text in UTF-8")
    }
    return text
  }

  private static func content(of descriptor: Int32, _ path: String) throws(DirectoryError) -> [UInt8] {
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return content }
      if count > 0 { content += buffer[..<count] }
      guard count > 0 || errno == EINTR else { throw failure(path, "be read") }
    }
  }

  /// Creates a file for its owner alone. It is there whole, durably, or not at all: the text is synced under another
  /// name and renamed into place. Throws when the file is there already.
  package static func write(_ text: String, to path: String) throws(DirectoryError) {
    guard access(path, F_OK) != 0 else { throw DirectoryError("\(path) is there already; it was left as it is") }
    try replace(path, by: text)
  }

  /// The same, and what was there before is replaced in one step.
  package static func replace(_ path: String, by text: String) throws(DirectoryError) {
    errno = FileSystem.replace(path, by: Array(text.utf8))
    guard errno == 0 else { throw failure(path, "be written") }
  }

  /// Makes a rename within the directory of a file durable.
  static func syncDirectory(of path: String) throws(DirectoryError) {
    let directory = FileSystem.directory(ofPath: path)
    errno = FileSystem.syncDirectory(directory)
    guard errno == 0 else { throw failure(directory, "be synced") }
  }

  private static func failure(_ path: String, _ verb: String) -> DirectoryError {
    DirectoryError("\(path) cannot \(verb): \(String(cString: strerror(errno)))")
  }
}
