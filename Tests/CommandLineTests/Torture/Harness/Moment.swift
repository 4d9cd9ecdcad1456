import Foundation

/// When a program is killed.
enum Moment: CustomStringConvertible {
  /// So long after its start.
  case after(microseconds: Int)
  /// When a file has become so large.
  case grown(path: String, bytes: Int)

  var description: String {
    switch self {
    case .after(let microseconds): "after \(microseconds) µs"
    case .grown(let path, let bytes): "when \((path as NSString).lastPathComponent) had \(bytes) bytes"
    }
  }

  /// Waits for it, or for the end of the program, whichever comes first.
  func wait(for victim: Victim, since start: Double) {
    switch self {
    case .after(let microseconds):
      let time = start + Double(microseconds) / 1e6
      // Sleeping overshoots by some fifty microseconds, so the rest is waited for awake.
      let rest = Int((time - Clock.now) * 1e6) - 100
      if rest > 0 { usleep(UInt32(rest)) }
      while Clock.now < time {}
    case .grown(let path, let bytes):
      var rounds = 0
      while Self.size(path) < bytes {
        rounds += 1
        if rounds & 0x3F == 0, victim.hasEnded { return }
      }
    }
  }

  static func size(_ path: String) -> Int {
    var status = stat()
    return stat(path, &status) == 0 ? Int(status.st_size) : -1
  }
}
