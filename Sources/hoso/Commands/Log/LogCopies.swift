import ArgumentParser
import EventLog
import Hashing
import Platform

extension Log {
  struct Backup: ReadsSuspectFiles {
    static let configuration = CommandConfiguration(
      commandName: "backup",
      abstract:
        "Copy the log, the configuration and the shop's own schemas and channels into a directory, while others write.",
      discussion: """
        Where the directory holds an earlier backup of this log, only what is new is added. The copy is synced and verified before \
        the command returns. Read models are not copied: 'hoso project' makes them.
        """)

    @OptionGroup var data: DataOptions
    @Argument(help: "The directory to create, or an earlier backup.") var target: String

    func run() throws {
      let backup = try data.open(.reading).backUp(to: DataDirectory(path: target))
      let (result, added) = (backup.verification, backup.verification.events - backup.before)
      let what =
        backup.before > 0
        ? "Added \(counted(added, "event")): \(grouped(result.events))" : "Backed up \(grouped(result.events))"
      StandardError.write("\(what) events to \(target), digest \(result.digest)\n")
    }

    func report(_ crash: Crash) throws { throw crash.ofLog(data.directory) }
  }

  struct Restore: ReadsSuspectFiles {
    static let configuration = CommandConfiguration(
      commandName: "restore",
      abstract: "Copy a backup into the data directory, which must have no log yet, and make its read models.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The backup's directory.") var source: String

    func run() throws {
      guard !data.directory.hasLog else {
        throw DirectoryError("\(data.directory.path) has a log already; restore into another directory")
      }
      let backup = try Platform(DataDirectory(path: source), .reading)
      // What is left there of another log says nothing of this one.
      try data.directory.removeDerived()
      let result = try backup.copyWhole(to: data.directory)
      StandardError.write("Restored \(grouped(result.events)) events, digest \(result.digest)\n")
      try Project.catchUp(try data.open(.writing))
    }

    func report(_ crash: Crash) throws { throw crash.ofLog(DataDirectory(path: source)) }
  }
}

extension Crash {
  /// That a log could not be copied.
  fileprivate func ofLog(_ directory: DataDirectory) -> DirectoryError {
    DirectoryError(
      "the log of \(directory.path) is damaged and was not copied: \(self); 'hoso log verify' names the positions")
  }
}
