import BinaryCoding
import EventLog
import Hashing
import KeyValueStore
import ReadModels

/// Positions of the events that concern a subject, as rows of ascending variable-length differences.
///
/// A row is extended until it is long, then another one begins; so an append rewrites little.
enum TimelineRows {
  static let rowBytesMax = 1024

  /// Writes ascending positions behind `last`.
  static func write(_ positions: some Sequence<Position>, behind last: Position = 0, to writer: inout ByteWriter) {
    var last = last
    for position in positions {
      writer.unsigned(position - last)
      last = position
    }
  }

  /// The positions of a row. O(positions).
  static func positions(_ row: UnsafeRawBufferPointer) throws(CodingError) -> [Position] {
    var reader = ByteReader(row)
    var positions: [Position] = []
    var last: Position = 0
    while !reader.isAtEnd {
      last &+= try reader.unsigned()
      positions.append(last)
    }
    return positions
  }

  /// The first position of a row. O(1).
  static func first(_ row: UnsafeRawBufferPointer) throws(CodingError) -> Position {
    var reader = ByteReader(row)
    return try reader.unsigned()
  }

  /// The first and the last position of a row; nil where they do not ascend, or there are none. O(positions).
  static func bounds(_ row: UnsafeRawBufferPointer) throws(CodingError) -> (first: Position, last: Position)? {
    var reader = ByteReader(row)
    guard !reader.isAtEnd else { return nil }
    let first = try reader.unsigned()
    var last = first
    while !reader.isAtEnd {
      let (next, overflows) = last.addingReportingOverflow(try reader.unsigned())
      guard next > last, !overflows else { return nil }
      last = next
    }
    return (first, last)
  }

  /// Calls `body` for pieces of ascending positions that make rows of a moderate length each.
  static func forEachPiece(
    _ positions: UnsafeBufferPointer<Position>, _ body: (UnsafeBufferPointer<Position>) throws -> Void
  ) rethrows {
    // A difference takes at most ten bytes, most take two.
    var rest = positions
    while rest.count > rowBytesMax / 2 {
      try body(UnsafeBufferPointer(rebasing: rest[..<(rowBytesMax / 2)]))
      rest = UnsafeBufferPointer(rebasing: rest[(rowBytesMax / 2)...])
    }
    try body(rest)
  }
}

extension WorkingSet {
  /// Calls `body` for every subject of the batch with the positions of its events, ascending.
  func forEachTimeline(_ body: (Hash128, UnsafeBufferPointer<Position>) throws -> Void) rethrows {
    try identifiers.forEachTimeline(body)
    try orders.forEachTimeline(body)
    try tickets.forEachTimeline(body)
    try messages.forEachTimeline(body)
    try credits.forEachTimeline(body)
  }
}

extension StateTable where Key == Hash128 {
  fileprivate func forEachTimeline(_ body: (Hash128, UnsafeBufferPointer<Position>) throws -> Void) rethrows {
    try notes.grouped(slotCount: count).forEach { slot, positions in try body(keys[slot], positions) }
  }
}
