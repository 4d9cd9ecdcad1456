import Foundation

/// One call that fails: the n-th of a kind, on files below the data directory.
struct Fault: CustomStringConvertible {
  /// How it fails.
  enum Way: Equatable {
    case error(Int32)
    /// Half of the bytes are read or written, as the system may always do.
    case short

    var word: String { if case .error(let number) = self { "\(number)" } else { "SHORT" } }
  }

  let kind: String
  let way: Way
  let number: Int

  var variable: String { "\(kind):\(number):\(way.word)" }
  var description: String { "\(kind) number \(number) \(reason)" }

  private var reason: String {
    if case .error(let number) = way { "failed: \(String(cString: strerror(number)))" } else { "was short" }
  }

  /// Whether it is something that the system does to healthy programs, and not a failure at all.
  var isHarmless: Bool { way == .short || way == .error(EINTR) }

  /// Every way in which each kind of call is made to fail.
  static let ways: [(kind: String, ways: [Way])] = [
    ("open", [.error(EIO), .error(ENOSPC), .error(EMFILE), .error(EACCES)]),
    ("read", [.error(EIO), .error(EINTR), .short]),
    ("write", [.error(EIO), .error(ENOSPC), .error(EDQUOT), .error(EINTR), .short]),
    ("sync", [.error(EIO), .error(ENOSPC), .error(EDQUOT)]),
    ("truncate", [.error(EIO), .error(ENOSPC)]),
    ("mkdir", [.error(EIO), .error(ENOSPC), .error(EDQUOT)]),
    ("rename", [.error(EIO), .error(ENOSPC), .error(EDQUOT)]),
    ("unlink", [.error(EIO)]),
    ("mmap", [.error(ENOMEM)]),
    ("list", [.error(EIO), .error(EMFILE)]),
  ]
}
