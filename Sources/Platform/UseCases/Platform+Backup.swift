package import EventLog
import Glibc
import Intake

/// What a backup holds when it is done.
package struct BackedUp: Sendable {
  /// The check of the copy.
  package let verification: LogVerification
  /// Events that an earlier backup in the same place had.
  package let before: Position
}

extension Platform {
  /// Copies the log, the configuration, and the shop's schemas and channels into a directory. Where that has an earlier backup of
  /// this log, the backup gets what is new. The copy is verified. O(log).
  package func backUp(to target: DataDirectory) throws -> BackedUp {
    target.hasLog ? try bringUpToDate(target) : BackedUp(verification: try copyWhole(to: target), before: 0)
  }

  /// The log is copied under another name, synced, verified, and then renamed, so an interrupted backup is never taken for one, and
  /// can be begun again. Files that are there with another content stop it before anything is copied.
  package func copyWhole(to target: DataDirectory) throws -> LogVerification {
    guard !target.hasLog else { throw DirectoryError("\(target.path) has a log already; choose another directory") }
    let companions = try Companions(of: directory, for: target, replacing: false)
    try target.create()
    let result = try verifiedCopy(at: target.incompleteLog)
    try companions.write()
    try target.adoptIncompleteLog()
    return result
  }

  /// Appends the events behind those of an earlier backup, and takes over the quarantine and the small files. What was committed
  /// when it is interrupted is a backup too, of an earlier state.
  private func bringUpToDate(_ target: DataDirectory) throws -> BackedUp {
    guard !target.isSame(as: directory) else {
      throw DirectoryError("\(target.path) is the data directory itself; choose another one")
    }
    let companions = try Companions(of: directory, for: target, replacing: true)
    let backup = try EventLog(path: target.logFile)
    let before = try backup.info().last
    guard try before <= log.info().last, try log.digest(through: before) == backup.digest() else {
      throw DirectoryError("\(target.path) has a log that this one does not continue; choose another directory")
    }
    var intake = StoredEventIntake(into: backup)
    try LogReader(log).forEachBatch(from: before + 1) { try intake.take($0, from: before + 1) }
    try intake.commit()
    try intake.copyRejects(of: log)
    try companions.write()
    let result = try backup.verify()
    guard result.isIntact else { throw damaged("the backup in \(target.path)") }
    return BackedUp(verification: result, before: before)
  }

  private func damaged(_ what: String) -> DirectoryError {
    DirectoryError("\(what) is damaged; 'hoso log verify' names the positions")
  }

  /// Copies the log to a file, in place of what an interrupted backup left there.
  private func verifiedCopy(at path: String) throws -> LogVerification {
    unlink(path)
    try log.copy(to: path)
    defer { unlink(path + "-lock") }
    let result = try EventLog(path: path, readOnly: true).verify()
    guard result.isIntact else {
      unlink(path)
      throw damaged("the log was not backed up, as it")
    }
    return result
  }
}

extension DataDirectory {
  /// Whether both are one directory, by whatever names.
  fileprivate func isSame(as other: DataDirectory) -> Bool {
    var (one, another) = (stat(), stat())
    guard stat(path, &one) == 0, stat(other.path, &another) == 0 else { return false }
    return one.st_dev == another.st_dev && one.st_ino == another.st_ino
  }

  /// What a log is called until it is whole.
  var incompleteLog: String { path + "/log.incomplete" }

  /// Makes the log that has become whole the directory's, in one step and durably.
  func adoptIncompleteLog() throws(DirectoryError) {
    guard rename(incompleteLog, logFile) == 0 else {
      throw DirectoryError("\(logFile) cannot be created: \(String(cString: strerror(errno)))")
    }
    try TextFile.syncDirectory(of: logFile)
  }
}
