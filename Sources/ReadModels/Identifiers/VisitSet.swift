import BinaryCoding

/// Visits: browsing events of which each follows the one before within half an hour.
///
/// Kept as disjoint intervals, so that adding events and joining sets in any order gives the same visits.
package struct VisitSet: Hashable, Sendable {
  /// A pause longer than this begins a new visit. Seconds.
  package static let gapSeconds: Int64 = 30 * 60

  private struct Interval: Hashable {
    /// Seconds since 1970.
    var start, end: Int64
  }

  private var intervals: [Interval] = []

  package init() {}

  package var count: Int { intervals.count }
  package var isEmpty: Bool { intervals.isEmpty }

  /// When each visit began, oldest first. Microseconds.
  package var starts: some Sequence<Int64> { intervals.lazy.map { $0.start * 1_000_000 } }

  /// Adds a browsing event at a time in microseconds. O(log n) to find its place; O(1) at the end.
  package mutating func insert(_ time: Int64) {
    let second = time >= 0 ? time / 1_000_000 : (time - 999_999) / 1_000_000
    insert(Interval(start: second, end: second))
  }

  /// O(n + m).
  package mutating func merge(_ other: Self) {
    if intervals.isEmpty { return intervals = other.intervals }
    for interval in other.intervals { insert(interval) }
  }

  private mutating func insert(_ new: Interval) {
    var first = intervals.count
    while first > 0, intervals[first - 1].end + Self.gapSeconds >= new.start { first -= 1 }
    var last = first
    var joined = new
    while last < intervals.count, intervals[last].start - Self.gapSeconds <= new.end {
      joined.start = min(joined.start, intervals[last].start)
      joined.end = max(joined.end, intervals[last].end)
      last += 1
    }
    intervals.replaceSubrange(first..<last, with: CollectionOfOne(joined))
  }

  func encode(to writer: inout ByteWriter) {
    writer.count(intervals.count)
    var previous: Int64 = 0
    for interval in intervals {
      writer.signed(interval.start - previous)
      writer.signed(interval.end - interval.start)
      previous = interval.end
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    var previous: Int64 = 0
    intervals = try reader.list { (reader) throws(CodingError) in
      let start = previous &+ (try reader.signed())
      let end = start &+ (try reader.signed())
      previous = end
      return Interval(start: start, end: end)
    }
  }
}
