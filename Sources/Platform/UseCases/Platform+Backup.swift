package import EventLog
import Glibc
import Schemas

extension Platform {
  /// Copies the log, the configuration and the shop's schemas into a directory that has no log. The log is copied under
  /// another name, synced, verified, and then renamed, so an interrupted backup is never taken for one.
  package func backUp(to target: DataDirectory) throws -> LogVerification {
    guard !target.hasLog else { throw DirectoryError("\(target.path) has a log already; choose another directory") }
    try target.create()
    let temporary = target.path + "/log.incomplete"
    try log.copy(to: temporary)
    let result: LogVerification
    do {
      result = try EventLog(path: temporary, readOnly: true).verify()
    }
    unlink(temporary + "-lock")
    guard result.isIntact else {
      unlink(temporary)
      throw DirectoryError("the log is damaged and was not backed up; 'hoso log verify' names the positions")
    }
    for (from, to) in try companions(of: target) { if let text = try TextFile.read(from) { try TextFile.write(text, to: to) } }
    guard rename(temporary, target.logFile) == 0 else {
      throw DirectoryError("\(target.logFile) cannot be created: \(String(cString: strerror(errno)))")
    }
    return result
  }

  /// The small files that belong to the log, and where they go.
  private func companions(of target: DataDirectory) throws -> [(String, String)] {
    var files = [(directory.configurationFile, target.configurationFile)]
    for entry in try schemas.get().list where !entry.isBuiltIn {
      try DataDirectory(path: "\(target.schemas)/\(entry.type)").create()
      let name = "/\(entry.type)/\(entry.version).json"
      files.append((directory.schemas + name, target.schemas + name))
    }
    return files
  }
}
