import BinaryCoding

/// Visits: browsing events of which each follows the one before within half an hour. Times count in whole seconds.
///
/// Kept as disjoint intervals, so that adding events and joining sets in any order gives the same visits. The latest
/// lies in place: it is the one that grows, and often the only one.
package struct VisitSet: Hashable, Sendable {
  /// A pause longer than this begins a new visit. Seconds.
  package static let gapSeconds: Int64 = 30 * 60

  private struct Interval: Hashable {
    /// Seconds since 1970.
    var start, end: Int64

    static let none = Interval(start: .max, end: .min)
  }

  private var latest = Interval.none
  /// Oldest first.
  private var earlier: [Interval] = []

  package init() {}

  package var isEmpty: Bool { latest == .none }
  package var count: Int { isEmpty ? 0 : earlier.count + 1 }

  /// When each visit began, oldest first. Microseconds.
  package var starts: [Int64] { isEmpty ? [] : (earlier + [latest]).map { $0.start * 1_000_000 } }

  /// When the last visit began. Microseconds.
  package var lastStart: Int64? { isEmpty ? nil : latest.start * 1_000_000 }

  /// The whole second of a time in microseconds.
  package static func second(of time: Int64) -> Int64 { time >= 0 ? time / 1_000_000 : (time - 999_999) / 1_000_000 }

  /// Adds a browsing event at a time in microseconds. O(1) for the latest so far, O(n) for one that comes late.
  package mutating func insert(_ time: Int64) {
    let second = Self.second(of: time)
    if second >= latest.start, second <= latest.end &+ Self.gapSeconds {
      latest.end = max(latest.end, second)
      return
    }
    insert(Interval(start: second, end: second))
  }

  /// O(n + m) where the one set lies behind the other.
  package mutating func merge(_ other: Self) {
    if isEmpty {
      self = other
      return
    }
    for interval in other.earlier { insert(interval) }
    if !other.isEmpty { insert(other.latest) }
  }

  private mutating func insert(_ new: Interval) {
    if isEmpty {
      latest = new
      return
    }
    if new.start > latest.end &+ Self.gapSeconds {
      earlier.append(latest)
      latest = new
      return
    }
    var intervals = earlier + [latest]
    let first = (intervals.lastIndex { $0.end + Self.gapSeconds < new.start } ?? -1) + 1
    let last = intervals[first...].firstIndex { $0.start - Self.gapSeconds > new.end } ?? intervals.count
    var joined = new
    for interval in intervals[first..<last] {
      joined.start = min(joined.start, interval.start)
      joined.end = max(joined.end, interval.end)
    }
    intervals.replaceSubrange(first..<last, with: CollectionOfOne(joined))
    latest = intervals.removeLast()
    earlier = intervals
  }

  func encode(to writer: inout ByteWriter) {
    writer.count(count)
    var previous: Int64 = 0
    func write(_ interval: Interval) {
      writer.signed(interval.start - previous)
      writer.signed(interval.end - interval.start)
      previous = interval.end
    }
    for interval in earlier { write(interval) }
    if !isEmpty { write(latest) }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    var previous: Int64 = 0
    earlier = try reader.list { (reader) throws(CodingError) in
      let start = previous &+ (try reader.signed())
      previous = start &+ (try reader.signed())
      return Interval(start: start, end: previous)
    }
    latest = earlier.popLast() ?? .none
  }
}
