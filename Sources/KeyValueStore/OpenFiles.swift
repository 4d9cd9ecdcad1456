import Synchronization

/// The files that this process has open as environments.
///
/// LMDB breaks when one process opens a file twice: closing either environment drops the locks of both.
enum OpenFiles {
  /// A file whatever its path. Forks count too, since a forked child inherits the registry and not the locks.
  struct Identity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
    /// The `ForkCount` of the process that opened it.
    let forkCount: Int
  }

  private static let registered = Mutex<Set<Identity>>([])
  private static let serials = Atomic<UInt64>(0)

  /// Notes that the file is open; false if it already was.
  static func register(_ identity: Identity) -> Bool {
    registered.withLock { $0.insert(identity).inserted }
  }

  /// Closes a file and forgets it, in one step for others: its inode may be given to a new file at once.
  static func unregister(_ identity: Identity, closing: () -> Void) {
    registered.withLock { registered in
      closing()
      registered.remove(identity)
    }
  }

  /// A number that no other environment of this process has.
  static func makeSerial() -> UInt64 {
    serials.add(1, ordering: .relaxed).newValue
  }
}
