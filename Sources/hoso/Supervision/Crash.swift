import Glibc

/// The signal by which the system ended a process that did what cannot be done.
struct Crash: CustomStringConvertible {
  private static let names: [Int32: String] = [
    SIGSEGV: "SIGSEGV", SIGBUS: "SIGBUS", SIGABRT: "SIGABRT", SIGILL: "SIGILL", SIGTRAP: "SIGTRAP", SIGFPE: "SIGFPE",
  ]

  let signal: Int32

  /// Nil for signals that others send.
  init?(signal: Int32) {
    guard Self.names[signal] != nil else { return nil }
    self.signal = signal
  }

  /// What happened, as the reason of a sentence.
  var description: String { "reading its pages ended on \(Self.names[signal] ?? "a signal")" }
}
