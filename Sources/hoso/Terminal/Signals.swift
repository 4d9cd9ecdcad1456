import Glibc
import Synchronization

/// What signals ask of a command that runs until it is told to end.
enum Signals {
  /// When an orderly end was first asked for, in milliseconds of a clock that nobody sets; 0 while it was not.
  private static let stopRequest = Atomic(0)
  private static let reloads = Atomic(0)
  private static let child = Atomic<pid_t>(0)

  /// From now on SIGINT and SIGTERM ask for an orderly end, a second one ends the process at once, and SIGHUP asks for
  /// mappings to be loaded again. What sends a signal to a whole group of processes may send it twice, so a second one
  /// counts after a second.
  static func listen() {
    // A global is made when it is first asked for, and a handler must not be the first.
    _ = (stopRequest.load(ordering: .relaxed), reloads.load(ordering: .relaxed))
    for number in [SIGINT, SIGTERM] {
      handle(number) { number in
        let now = Signals.milliseconds
        let (isFirst, first) = Signals.stopRequest.compareExchange(expected: 0, desired: now, ordering: .relaxed)
        if !isFirst, now - first >= 1000 { _exit(128 + number) }
      }
    }
    handle(SIGHUP) { _ in Signals.reloads.wrappingAdd(1, ordering: .relaxed) }
  }

  /// Whether an orderly end was asked for.
  static var areStopping: Bool { stopRequest.load(ordering: .relaxed) != 0 }

  /// At least 1.
  private static var milliseconds: Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return max(1, Int(time.tv_sec) * 1000 + Int(time.tv_nsec) / 1_000_000)
  }

  /// From now on SIGINT, SIGTERM and SIGHUP go to a child process, whose end will be this one's. A terminal sends SIGINT to
  /// both; the child takes the first.
  static func handOn(to process: pid_t) {
    child.store(process, ordering: .relaxed)
    for number in [SIGINT, SIGTERM, SIGHUP] {
      handle(number) { number in kill(Signals.child.load(ordering: .relaxed), number) }
    }
  }

  /// How often SIGHUP has come.
  static var reloadCount: Int { reloads.load(ordering: .relaxed) }

  /// Without SA_RESTART, so that a wait ends when a signal comes.
  private static func handle(_ number: Int32, _ handler: @escaping @convention(c) (Int32) -> Void) {
    var action = sigaction()
    action.__sigaction_handler.sa_handler = handler
    sigaction(number, &action, nil)
  }
}
