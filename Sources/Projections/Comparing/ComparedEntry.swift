import BinaryCoding
import EventLog
import KeyValueStore

/// One of two tables that are walked side by side: the entry that it is at, copied into memory that is used again.
struct ComparedEntry {
  private(set) var key: [UInt8] = []
  private(set) var row: [UInt8] = []
  /// False behind the last entry.
  private(set) var isThere = false
  private var hasBegun = false
  private var hasMore = false
  /// The rows of a timeline may be cut otherwise and say the same: all of a subject are taken together.
  private let isTimeline: Bool

  init(of tag: RowTag) { isTimeline = tag == .timeline }

  mutating func advance(_ cursor: inout Cursor) throws {
    if !hasBegun { hasMore = try cursor.first() }
    hasBegun = true
    isThere = hasMore
    guard isThere else { return }
    if isTimeline { return try takeSubject(&cursor) }
    cursor.withEntry { key, row in
      Self.copy(key, to: &self.key)
      Self.copy(row, to: &self.row)
    }
    hasMore = try cursor.next()
  }

  private static func copy(_ bytes: RawSpan, to array: inout [UInt8]) {
    array.removeAll(keepingCapacity: true)
    bytes.withUnsafeBytes { array.append(contentsOf: $0) }
  }

  private mutating func takeSubject(_ cursor: inout Cursor) throws {
    var writer = ByteWriter()
    var last: Position = 0
    cursor.withEntry { key, _ in Self.copy(key, to: &self.key) }
    key.removeLast(max(0, key.count - Self.subjectBytes))
    let subject = key
    while hasMore {
      let isSame = try cursor.withEntry { key, row in
        guard key.withUnsafeBytes({ $0.starts(with: subject) }) else { return false }
        let positions = try row.withUnsafeBytes { try TimelineRows.positions($0) }
        TimelineRows.write(positions, behind: last, to: &writer)
        last = positions.last ?? last
        return true
      }
      guard isSame else { break }
      hasMore = try cursor.next()
    }
    row = writer.bytes
  }

  private static let subjectBytes = 16
}
