import ArgumentParser

/// A command that is asked whether files are damaged, and so must expect them to be.
///
/// LMDB takes the pages of a file as they are: a damaged one may lead it to an address that is not there, and then the system
/// ends the process. Such a command therefore runs in a process of its own, a child that this program starts of itself with the
/// same words. What the child says and its exit code are the command's; where a signal ended it, ``report(_:)`` speaks.
protocol ReadsSuspectFiles: ParsableCommand {
  /// Whether these words make the command read what may be damaged.
  var readsSuspectFiles: Bool { get }

  /// Says, after reading ended the child, what that means, and throws how the command ends. The child has changed nothing
  /// that it did not say.
  func report(_ crash: Crash) throws
}

extension ReadsSuspectFiles {
  var readsSuspectFiles: Bool { true }
}

extension ParsableCommand {
  /// Runs the command, in a child process where it needs one.
  mutating func runSupervised() throws {
    guard let command = self as? any ReadsSuspectFiles, command.readsSuspectFiles, !ChildProcess.isThisOne else {
      return try run()
    }
    switch try ChildProcess.runThisProgram() {
    case .exited(0): return
    case .exited(let code): throw ExitStatus(code: code)
    case .crashed(let crash): try command.report(crash)
    }
  }
}
