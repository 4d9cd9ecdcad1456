import BinaryCoding
import Hashing
import KeyValueStore

/// Positions of the events that concern a subject, as rows of ascending variable-length differences.
///
/// A row is extended until it is long, then another one begins; so an append rewrites little.
enum TimelineRows {
  private static let rowBytesMax = 1024

  /// Adds ascending positions behind those that are stored.
  static func append(
    _ positions: [UInt64], to subject: Hash128, in tables: ProfileTables, _ writer: inout DigestedWriter
  ) throws {
    guard let first = positions.first else { return }
    var row = try lastRow(of: subject, in: tables, writer) ?? (first: first, last: 0, bytes: [])
    if row.bytes.count > rowBytesMax { row = (first: first, last: 0, bytes: []) }
    var bytes = ByteWriter(capacity: row.bytes.count + positions.count * 3)
    bytes.raw(row.bytes)
    var last = row.bytes.isEmpty ? 0 : row.last
    for position in positions {
      bytes.unsigned(position - last)
      last = position
    }
    try writer.putIndex(bytes.bytes, forKey: RowKey.timeline(subject, first: row.first), in: tables.timeline)
  }

  private static func lastRow(
    of subject: Hash128, in tables: ProfileTables, _ writer: borrowing DigestedWriter
  ) throws -> (first: UInt64, last: UInt64, bytes: [UInt8])? {
    if writer.isFresh { return nil }
    var found: (first: UInt64, last: UInt64, bytes: [UInt8])?
    let end = RowKey.timeline(subject, first: .max)
    try writer.transaction.withCursor(in: tables.timeline) { (cursor) throws in
      let isBehind = try cursor.seek(toFirstAtOrAfter: end.span.bytes)
      guard isBehind ? try cursor.previous() : try cursor.last() else { return }
      try cursor.withEntry { key, value in
        try key.withUnsafeBytes { key in
          guard key.count == 24, RowKey.hash(key) == subject else { return }
          let first = UInt64(bigEndian: key.loadUnaligned(fromByteOffset: 16, as: UInt64.self))
          try value.withUnsafeBytes { found = (first, try positions($0).last ?? 0, Array($0)) }
        }
      }
    }
    return found
  }

  /// The positions of a row. O(positions).
  static func positions(_ row: UnsafeRawBufferPointer) throws(CodingError) -> [UInt64] {
    var reader = ByteReader(row)
    var positions: [UInt64] = []
    var last: UInt64 = 0
    while !reader.isAtEnd {
      last &+= try reader.unsigned()
      positions.append(last)
    }
    return positions
  }
}
