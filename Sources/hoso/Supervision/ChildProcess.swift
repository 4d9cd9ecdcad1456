import CProcess
import Glibc

/// This program once more, in a process of its own, which may end without taking this one with it.
///
/// It is spawned and not forked: LMDB must not be used across a fork.
enum ChildProcess {
  enum End {
    case exited(Int32)
    case crashed(Crash)
  }

  /// What a child is called, in place of the name by which the program was started, before the number of its parent.
  private static let prefix = "hoso-child-of-"

  /// Whether this process is such a child.
  static var isThisOne: Bool { parent != nil }

  /// The process that waits for this one; nil where this is no child.
  private static var parent: pid_t? {
    guard let name = CommandLine.arguments.first, name.hasPrefix(prefix) else { return nil }
    return pid_t(name.dropFirst(prefix.count))
  }

  /// Lets this process, which is such a child, end when the one ends that waits for it, be it killed.
  static func endWithParent() {
    // Nobody waits where the parent was gone before that was asked for.
    guard hoso_end_with_parent() == 0, getppid() == parent else { ProcessExit.now(1) }
  }

  /// Runs the same words with the same environment and standard streams, and waits for the end. What asks this process to end
  /// meanwhile is handed on.
  static func runThisProgram() throws -> End {
    let process = try spawn(["\(prefix)\(getpid())"] + CommandLine.arguments.dropFirst())
    Signals.handOn(to: process)
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 {
      guard errno == EINTR else { throw ChildProcessError("waited for", errno) }
    }
    // The low bits name the signal that ended a process.
    let signal = status & 0x7F
    guard signal != 0 else { return .exited((status >> 8) & 0xFF) }
    return Crash(signal: signal).map { .crashed($0) } ?? .exited(128 + signal)
  }

  private static func spawn(_ words: [String]) throws -> pid_t {
    let arguments = words.map { strdup($0) }
    defer { for argument in arguments { free(argument) } }
    var process: pid_t = 0
    let result = posix_spawn(&process, "/proc/self/exe", nil, nil, arguments + [nil], hoso_environment())
    guard result == 0 else { throw ChildProcessError("started", result) }
    return process
  }
}

/// The system could not do what a child process needs.
struct ChildProcessError: Error, CustomStringConvertible {
  let description: String

  fileprivate init(_ verb: String, _ number: Int32) {
    description = "the process that checks the files could not be \(verb): \(String(cString: strerror(number)))"
  }
}
