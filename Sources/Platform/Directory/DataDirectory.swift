import Glibc
import KeyValueStore

/// Where everything of one shop lies.
///
///     hoso.yaml          configuration
///     log.mdb            the log, the duplicate index and the quarantine
///     projections/       read models: numbered generations and the pointer to the live one
///     schemas/           the shop's own event types
///     channels/          the shop's own channels: mapping files
///     following/         where the reading of followed files ended
///     clv.json           the fitted models of orders and their value
///     rfm.json           at which values scores change, as they were last computed
package struct DataDirectory: Sendable {
  package let path: String

  /// Names a directory, which need not be there.
  package init(path: String) { self.path = path }

  package var configurationFile: String { path + "/hoso.yaml" }
  package var logFile: String { path + "/log.mdb" }
  package var projections: String { path + "/projections" }
  package var schemas: String { path + "/schemas" }
  package var channels: String { path + "/channels" }
  package var following: String { path + "/following" }
  package var modelFile: String { path + "/clv.json" }
  package var cutsFile: String { path + "/rfm.json" }

  /// Whether there is a log already.
  package var hasLog: Bool { access(logFile, F_OK) == 0 }

  /// Creates the directory with those above it, for their owner alone, unless it is there. Throws unless it can be
  /// written to.
  package func create() throws(DirectoryError) {
    try createMissing()
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      throw DirectoryError("\(path) is not a directory")
    }
    guard access(path, W_OK | X_OK) == 0 else {
      throw DirectoryError("\(path) cannot be written to: \(String(cString: strerror(errno)))")
    }
  }

  private func createMissing() throws(DirectoryError) {
    var built = path.hasPrefix("/") ? "" : "."
    for part in path.split(separator: "/") {
      built += "/" + part
      let result = FileSystem.createDirectory(built)
      guard result == 0 || result == EISDIR else {
        throw DirectoryError("\(path) cannot be created: \(String(cString: strerror(result)))")
      }
    }
  }

  /// Removes what was made of a log that is not there any more: read models, and where the reading of followed files ended.
  package func removeDerived() throws(DirectoryError) {
    for folder in [projections, following] {
      for name in try DirectoryListing.names(in: folder) {
        guard unlink(folder + "/" + name) == 0 || errno == ENOENT else {
          throw DirectoryError("\(folder)/\(name) cannot be removed: \(String(cString: strerror(errno)))")
        }
      }
    }
    unlink(cutsFile)
  }

  /// Throws unless there is a log.
  package func requireLog() throws(DirectoryError) {
    guard hasLog else {
      throw DirectoryError(
        "there is no Hoso data in \(path); 'hoso ingest FILE' creates it, "
          + "and --data or $HOSO_DATA names another directory")
    }
  }
}

/// A file or directory that cannot be used.
package struct DirectoryError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
