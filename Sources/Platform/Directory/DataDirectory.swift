import Glibc

/// Where everything of one shop lies.
///
///     hoso.yaml          configuration
///     log.mdb            the log, the duplicate index and the quarantine
///     projections/       read models: numbered generations and the pointer to the live one
///     schemas/           the shop's own event types
package struct DataDirectory: Sendable {
  package let path: String

  package init(path: String) { self.path = path }

  package var configurationFile: String { path + "/hoso.yaml" }
  package var logFile: String { path + "/log.mdb" }
  package var projections: String { path + "/projections" }
  package var schemas: String { path + "/schemas" }

  /// Whether there is a log already.
  package var hasLog: Bool { access(logFile, F_OK) == 0 }

  /// Creates the directory, for its owner alone, with the directories above it.
  package func create() throws(DirectoryError) {
    var built = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      built += "/" + part
      guard mkdir(built, 0o700) == 0 || errno == EEXIST || errno == EISDIR else {
        throw DirectoryError("\(path) cannot be created: \(String(cString: strerror(errno)))")
      }
    }
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw DirectoryError("\(path) is not a directory")
    }
    guard access(path, W_OK | X_OK) == 0 else {
      throw DirectoryError("\(path) cannot be written to: \(String(cString: strerror(errno)))")
    }
  }

  /// Throws unless there is a data directory.
  package func requireLog() throws(DirectoryError) {
    guard hasLog else {
      throw DirectoryError(
        "there is no Hoso data in \(path); 'hoso ingest FILE' creates it, and --data or $HOSO_DATA names another directory")
    }
  }
}

/// A file or directory that cannot be used.
package struct DirectoryError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}

/// Small files, read and written whole.
package enum TextFile {
  /// The content, or nil when there is no such file.
  package static func read(_ path: String) throws(DirectoryError) -> String? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw DirectoryError("\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count == 0 { return String(decoding: content, as: UTF8.self) }
      guard count > 0 else { throw DirectoryError("\(path) cannot be read: \(String(cString: strerror(errno)))") }
      content.append(contentsOf: buffer[..<count])
    }
  }

  /// Replaces a file: the new content is synced under another name and renamed into place, so it is there whole or not
  /// at all. Throws when the file is there and `overwrite` is false.
  package static func write(_ text: String, to path: String, overwrite: Bool = false) throws(DirectoryError) {
    if !overwrite, access(path, F_OK) == 0 { throw DirectoryError("\(path) is there already; it was left as it is") }
    let temporary = path + ".new"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw DirectoryError("\(path) cannot be written: \(String(cString: strerror(errno)))") }
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      guard count > 0 else { break }
      written += count
    }
    let isDurable = written == bytes.count && fsync(descriptor) == 0
    let problem = String(cString: strerror(errno))
    close(descriptor)
    guard isDurable, rename(temporary, path) == 0 else {
      unlink(temporary)
      throw DirectoryError("\(path) cannot be written: \(problem)")
    }
  }
}
