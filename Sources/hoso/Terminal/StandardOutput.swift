import Glibc

/// Buffered standard output. A reader that goes away (`| head`) ends the program quietly.
final class StandardOutput {
  struct Closed: Error {}
  struct WriteError: Error, CustomStringConvertible { let description: String }

  // Written by the main thread alone.
  nonisolated(unsafe) static let shared = StandardOutput()

  private var buffer: [UInt8] = []
  private var failure: (any Error)?

  let isTerminal = isatty(1) != 0

  /// Lets writes to a closed pipe, and to a file that has reached the allowed size, fail instead of killing the process.
  static func letWritesFail() { for number in [SIGPIPE, SIGXFSZ] { signal(number, SIG_IGN) } }

  func write(_ text: String) {
    buffer.append(contentsOf: text.utf8)
    flushIfLarge()
  }

  func write(_ bytes: some Collection<UInt8>) {
    buffer.append(contentsOf: bytes)
    flushIfLarge()
  }

  /// Writes out what is buffered, and reports the first write that failed.
  func flush() throws {
    flushBuffer()
    if let failure { throw failure }
  }

  /// Throws once the reader is gone, so that a long listing ends.
  func check() throws { if let failure { throw failure } }

  private func flushIfLarge() { if buffer.count >= 1 << 16 { flushBuffer() } }

  /// Writes out what is buffered; a failure is kept for ``flush()``.
  fileprivate func flushBuffer() {
    var written = 0
    while written < buffer.count, failure == nil {
      let count = buffer[written...].withUnsafeBytes { Glibc.write(1, $0.baseAddress, $0.count) }
      if count >= 0 {
        written += count
      } else if errno == EPIPE {
        failure = Closed()
      } else if errno != EINTR {
        failure = WriteError(description: "standard output cannot be written: \(String(cString: strerror(errno)))")
      }
    }
    buffer.removeAll(keepingCapacity: true)
  }
}

extension String {
  /// The text without anything that would drive a terminal: C0 and C1 controls and DEL become U+FFFD; line feeds stay.
  var printable: String {
    guard unicodeScalars.contains(where: Self.isControl) else { return self }
    var text = ""
    for scalar in unicodeScalars { text.unicodeScalars.append(Self.isControl(scalar) ? "\u{FFFD}" : scalar) }
    return text
  }

  private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
    (scalar.value < 0x20 && scalar != "\n") || (0x7F...0x9F).contains(scalar.value)
  }
}

/// Unbuffered standard error.
enum StandardError {
  static var isTerminal: Bool { isatty(2) != 0 }

  /// Writes a message; whatever of it came from data cannot drive the terminal.
  /// What was written to standard output before comes before it.
  static func write(_ text: String) {
    StandardOutput.shared.flushBuffer()
    writeControls(text.printable)
  }

  /// Writes text that may move the cursor.
  static func writeControls(_ text: String) {
    let bytes = Array(text.utf8)
    var written = 0
    while written < bytes.count {
      let count = bytes[written...].withUnsafeBytes { Glibc.write(2, $0.baseAddress, $0.count) }
      // Nobody can be told that standard error cannot be written.
      if count < 0, errno != EINTR { return }
      written += max(0, count)
    }
  }
}

/// Ends the process at once.
enum ProcessExit {
  static func now(_ code: Int32) -> Never { Glibc.exit(code) }
}
