import Glibc

/// What any command says where reading damaged pages ends it, instead of ending without a word.
enum CrashMessage {
  private static let text = """
    hoso: the program ended on a signal: a file of the data directory is damaged, or the program has an error. Nothing was \
    changed that was not said. 'hoso log verify' and 'hoso projection digest --verify' find out which file; 'hoso rebuild' \
    makes read models anew, 'hoso log repair' saves what can be read of a damaged log.

    """

  /// The bytes of the text, made before they are needed: a handler of signals must not allocate.
  nonisolated(unsafe) private static var bytes = UnsafeMutableBufferPointer<UInt8>(start: nil, count: 0)

  private static let signals = [SIGSEGV, SIGBUS, SIGABRT, SIGILL, SIGTRAP, SIGFPE]

  /// From now on such a signal is told on standard error, and the exit code is 1. Set up once, before other threads run. In a
  /// child process it ends the process at once, for the one that waits for it to tell; Swift's own report of a crash, where the
  /// environment asks for it, would print what memory holds: people's data.
  static func install() {
    guard !ChildProcess.isThisOne else {
      for number in signals { signal(number, SIG_DFL) }
      ChildProcess.endWithParent()
      return
    }
    let characters = Array(text.utf8)
    bytes = .allocate(capacity: characters.count)
    _ = bytes.initialize(fromContentsOf: characters)
    var action = sigaction()
    action.__sigaction_handler.sa_handler = { _ in
      _ = Glibc.write(2, CrashMessage.bytes.baseAddress, CrashMessage.bytes.count)
      _exit(1)
    }
    for number in signals { sigaction(number, &action, nil) }
  }
}
