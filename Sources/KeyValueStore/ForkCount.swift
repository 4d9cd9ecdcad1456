import Glibc
import Synchronization

/// Tells a process from its forks, without the system call that getpid(2) costs for each transaction.
enum ForkCount {
  private static let count = Atomic<Int>(0)

  /// Whether counting has begun: true once read. glibc runs the handler in the child, before fork(2) returns there.
  private static let isCounting = pthread_atfork(nil, nil, { ForkCount.noteFork() }) == 0

  /// How many forks lie between this process and the one that first asked. Nil if the system refused to count.
  static func begin() -> Int? {
    isCounting ? current : nil
  }

  /// The same, after `begin()`.
  static var current: Int { count.load(ordering: .relaxed) }

  private static func noteFork() {
    count.add(1, ordering: .relaxed)
  }
}
