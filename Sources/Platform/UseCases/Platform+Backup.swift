package import EventLog
import Glibc
import Schemas

extension Platform {
  /// Copies the log, the configuration and the shop's schemas into a directory that has no log. The log is copied under
  /// another name, synced, verified, and then renamed, so an interrupted backup is never taken for one, and can be
  /// begun again. Files that are there with another content stop it before anything is copied.
  package func backUp(to target: DataDirectory) throws -> LogVerification {
    guard !target.hasLog else { throw DirectoryError("\(target.path) has a log already; choose another directory") }
    let missing = try companions(of: target).filter { try isMissing($0) }
    try target.create()
    let copy = target.path + "/log.incomplete"
    let result = try verifiedCopy(at: copy)
    for file in missing {
      try file.folder.create()
      try TextFile.write(file.text, to: file.path)
    }
    guard rename(copy, target.logFile) == 0 else {
      throw DirectoryError("\(target.logFile) cannot be created: \(String(cString: strerror(errno)))")
    }
    try TextFile.syncDirectory(of: target.logFile)
    return result
  }

  /// Copies the log to a file, in place of what an interrupted backup left there.
  private func verifiedCopy(at path: String) throws -> LogVerification {
    unlink(path)
    try log.copy(to: path)
    defer { unlink(path + "-lock") }
    let result = try EventLog(path: path, readOnly: true).verify()
    guard result.isIntact else {
      unlink(path)
      throw DirectoryError("the log is damaged and was not backed up; 'hoso log verify' names the positions")
    }
    return result
  }

  /// A small file that belongs to the log, as it is to be.
  private struct Companion {
    let folder: DataDirectory
    let name: String
    let text: String

    var path: String { folder.path + "/" + name }
  }

  private func companions(of target: DataDirectory) throws -> [Companion] {
    var files: [Companion] = []
    if let text = try TextFile.read(directory.configurationFile) {
      files.append(Companion(folder: target, name: "hoso.yaml", text: text))
    }
    let catalogue = try schemas.get()
    for entry in catalogue.list where !entry.isBuiltIn {
      guard let text = catalogue.text(type: entry.type, version: entry.version) else { continue }
      let folder = DataDirectory(path: target.schemas + "/" + entry.type)
      files += try upcaster(leadingTo: entry.type, entry.version, in: folder)
      files.append(Companion(folder: folder, name: "\(entry.version).json", text: text))
    }
    return files
  }

  private func upcaster(
    leadingTo type: String, _ version: Int, in folder: DataDirectory
  ) throws(DirectoryError) -> [Companion] {
    guard let found = try UpcasterFiles(beside: "\(directory.schemas)/\(type)/\(version).json") else { return [] }
    let upcaster = Companion(folder: folder, name: "\(version).upcast.json", text: found.upcaster)
    let examples = found.examples.map { Companion(folder: folder, name: "\(version).upcast.ndjson", text: $0) }
    return [upcaster] + [examples].compactMap(\.self)
  }

  /// Whether a companion has still to be written. Throws where another file has its name.
  private func isMissing(_ file: Companion) throws(DirectoryError) -> Bool {
    guard let found = try TextFile.read(file.path) else { return true }
    guard found == file.text else { throw DirectoryError("\(file.path) is there already; it was left as it is") }
    return false
  }
}
