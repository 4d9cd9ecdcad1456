import Glibc
import Testing

/// A named pipe into which a thread writes pieces, each after the one before has been read: what reads it gets exactly
/// these pieces.
final class FedPipe {
  let path: String
  private var thread = pthread_t()

  private final class Feed: Sendable {
    let path: String
    let pieces: [[UInt8]]

    init(_ path: String, _ pieces: [[UInt8]]) {
      self.path = path
      self.pieces = pieces
    }
  }

  /// Creates the pipe. Somebody has to read it to the end.
  init(path: String, pieces: [[UInt8]]) throws {
    self.path = path
    try #require(mkfifo(path, 0o600) == 0, "mkfifo failed with errno \(errno)")
    let feed = Unmanaged.passRetained(Feed(path, pieces))
    let status = pthread_create(
      &thread, nil,
      { context in
        // The context is the feed retained above; this thread takes that reference over.
        let feed = Unmanaged<Feed>.fromOpaque(context.unsafelyUnwrapped).takeRetainedValue()
        FedPipe.write(feed.pieces, to: feed.path)
        return nil
      }, feed.toOpaque())
    try #require(status == 0)
  }

  deinit { pthread_join(thread, nil) }

  private static func write(_ pieces: [[UInt8]], to path: String) {
    let descriptor = open(path, O_WRONLY)
    defer { close(descriptor) }
    for piece in pieces {
      var rest = piece[...]
      while !rest.isEmpty {
        let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
        guard count > 0 else { return }
        rest = rest.dropFirst(count)
      }
      var waiting: Int32 = 0
      while ioctl(descriptor, UInt(FIONREAD), &waiting) == 0, waiting > 0 { sched_yield() }
    }
  }
}
