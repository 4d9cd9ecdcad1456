import Glibc
import KeyValueStore

/// What lies in directories.
package enum DirectoryListing {
  /// The names in a directory, sorted, without those that begin with a dot; none where there is no such directory.
  package static func names(in path: String) throws(DirectoryError) -> [String] {
    switch FileSystem.names(in: path) {
    case .success(let names): return names.filter { !$0.hasPrefix(".") }.sorted()
    case .failure(let number):
      if number.value == ENOENT || number.value == ENOTDIR { return [] }
      throw DirectoryError("\(path) cannot be read: \(String(cString: strerror(number.value)))")
    }
  }
}
