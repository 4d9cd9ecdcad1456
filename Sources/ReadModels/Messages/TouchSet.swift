import BinaryCoding

/// A moment at which a person dealt with a message. Ordered by time, and of one time an open before a click, so that the
/// later of two is the one that says more.
package struct Touch: Hashable, Comparable, Sendable {
  package enum Kind: Int64, Sendable { case open, click }

  /// Twice the time, and the kind: touches are many, and times are far from the limits of 64 bits.
  fileprivate let packed: Int64

  /// At a time in microseconds since 1970.
  package init(_ kind: Kind, at time: Int64) { packed = time << 1 | kind.rawValue }

  fileprivate init(packed: Int64) { self.packed = packed }

  /// Microseconds since 1970.
  package var time: Int64 { packed >> 1 }
  package var kind: Kind { packed & 1 == 0 ? .open : .click }

  package static func < (a: Self, b: Self) -> Bool { a.packed < b.packed }
}

/// When a person opened or clicked a message: the latest hundred different touches.
///
/// The union of two sets, cut to the latest, is the same whatever the order in which they are joined. The limit bounds
/// the row of a message that is opened without end; an order that only an older touch came before is not credited to
/// its campaign. Opens by machines are no touches.
package struct TouchSet: Hashable, Sendable {
  package static let countMax = 100

  /// Ascending.
  package private(set) var touches: [Touch] = []

  package init() {}

  package var isEmpty: Bool { touches.isEmpty }

  /// O(1) for the latest so far, O(n) for one that comes late.
  mutating func insert(_ touch: Touch) {
    if let latest = touches.last, touch <= latest {
      let index = touches.lastIndex { $0 < touch }.map { $0 + 1 } ?? 0
      if touches[index] == touch { return }
      touches.insert(touch, at: index)
    } else {
      touches.append(touch)
    }
    if touches.count > Self.countMax { touches.removeFirst() }
  }

  /// O(n + m) where the other set lies behind this one.
  mutating func merge(_ other: Self) {
    if isEmpty {
      self = other
      return
    }
    for touch in other.touches { insert(touch) }
  }

  /// Differences, as touches of one message lie close together.
  func encode(to writer: inout ByteWriter) {
    writer.count(touches.count)
    var former: Int64 = 0
    for touch in touches {
      writer.signed(touch.packed &- former)
      former = touch.packed
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    var former: Int64 = 0
    touches = try reader.list { (reader) throws(CodingError) in
      former = former &+ (try reader.signed())
      return Touch(packed: former)
    }
  }
}
