import Glibc

/// Finds and reads the files of the time zone database.
enum ZoneFile {
  /// The largest zone of the database has some 4 KB; whatever is much larger is something else.
  private static let greatestByteCount = 1 << 20

  /// `$TZDIR`, else where Linux systems keep the database.
  static var systemDirectory: String {
    guard let set = getenv("TZDIR"), set.pointee != 0 else { return "/usr/share/zoneinfo" }
    return String(cString: set)
  }

  static func contents(identifier: String, directory: String) throws(TimeZoneError) -> [UInt8] {
    guard isWellFormed(identifier) else { throw .malformedIdentifier(identifier) }
    let path = directory + "/" + identifier
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw openError(errno, identifier: identifier, directory: directory) }
    defer { close(descriptor) }
    return try read(descriptor, path: path, identifier: identifier, directory: directory)
  }

  /// Letters, digits, '_', '+', '-' and single inner slashes: neither "..", nor "/etc", nor hidden files.
  private static func isWellFormed(_ identifier: String) -> Bool {
    let parts = identifier.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return parts.allSatisfy { part in
      !part.isEmpty
        && part.allSatisfy { byte in
          byte &- UInt8(ascii: "0") <= 9 || (byte | 0x20) &- UInt8(ascii: "a") < 26
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-")
        }
    }
  }

  private static func openError(_ number: Int32, identifier: String, directory: String) -> TimeZoneError {
    guard number == ENOENT || number == ENOTDIR else {
      return .unreadable(path: directory + "/" + identifier, errorNumber: number)
    }
    return access(directory, F_OK) == 0
      ? .unknownZone(identifier, directory: directory) : .databaseNotInstalled(directory: directory)
  }

  private static func read(
    _ descriptor: Int32, path: String, identifier: String, directory: String
  ) throws(TimeZoneError) -> [UInt8] {
    var contents: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 8192)
    while true {
      let count = Glibc.read(descriptor, &chunk, chunk.count)
      if count == 0 { return contents }
      if count > 0 {
        contents += chunk[..<count]
      } else if errno == EISDIR {
        throw .unknownZone(identifier, directory: directory)  // "Asia" is a folder of zones
      } else if errno != EINTR {
        throw .unreadable(path: path, errorNumber: errno)
      }
      guard contents.count <= greatestByteCount else {
        throw .damaged(identifier: identifier, reason: "it is larger than any time zone")
      }
    }
  }
}
