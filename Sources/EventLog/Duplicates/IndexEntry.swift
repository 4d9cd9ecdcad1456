/// One entry of the duplicate index: the hash of an event's (source, id) and where that event lies.
///
/// A hash may stand for several positions; whoever finds one compares the events themselves.
struct IndexEntry: Comparable {
  /// Stored: the hash, and the position counted from the lowest of its run.
  static let byteCount = 10
  /// An ``IdentityHash``.
  var hash: UInt64
  var position: Position

  static func < (a: Self, b: Self) -> Bool { a.hash != b.hash ? a.hash < b.hash : a.position < b.position }
}
