import Foundation

/// A program that runs, under a `timeout` of which it is the child.
struct RunningProgram {
  let process: pid_t
  let words: String
  let streams: Streams

  /// What it wrote to standard output so far.
  var text: String { get throws { String(decoding: try Data(contentsOf: streams.output), as: UTF8.self) } }

  /// Sends a signal to the program itself: `timeout` would hand it on twice, and only once.
  func signal(_ number: Int32) {
    let children = "/proc/\(process)/task/\(process)/children"
    let text = FileManager.default.contents(atPath: children).map { String(decoding: $0, as: UTF8.self) } ?? ""
    for child in text.split(separator: " ").compactMap({ pid_t($0) }) { kill(child, number) }
  }

  /// Kills the program as a crash would.
  func crash() { signal(SIGKILL) }

  /// Waits for the end, and collects what the program did.
  func end() throws -> Outcome {
    defer { streams.remove() }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { guard errno == EINTR else { throw POSIXError(.ECHILD) } }
    // The low bits name the signal that ended a process; a shell would report it the same way.
    let code = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F)
    guard code != 124 else {
      throw Program.Failure(description: "\(words) did not end within \(Program.secondsMax) seconds")
    }
    return Outcome(
      status: code, output: try Data(contentsOf: streams.output),
      errors: String(decoding: try Data(contentsOf: streams.errors), as: UTF8.self))
  }
}

/// Asks until the answer is yes. Throws where it is not within half a minute: then it never will be.
func waitUntil(_ what: String, _ condition: () throws -> Bool) throws {
  for _ in 0..<600 {
    if try condition() { return }
    usleep(50_000)
  }
  throw Program.Failure(description: "waited in vain until \(what)")
}
