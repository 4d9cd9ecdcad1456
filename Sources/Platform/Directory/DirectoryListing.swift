import Glibc

/// What lies in directories.
package enum DirectoryListing {
  /// The names in a directory, sorted, without those that begin with a dot; none where there is no such directory.
  package static func names(in path: String) throws(DirectoryError) -> [String] {
    guard let stream = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return [] }
      throw DirectoryError("\(path) cannot be read: \(String(cString: strerror(errno)))")
    }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }
}
