import BinaryCoding
import EventLog
import Hashing
import KeyValueStore

extension GenerationWriter {
  /// Adds ascending positions to those that are stored of a subject; mostly they lie behind these.
  mutating func extendTimeline(of subject: Hash128, by positions: UnsafeBufferPointer<Position>) throws {
    guard let next = positions.first else { return }
    var row = ByteWriter(capacity: TimelineRows.rowBytesMax + positions.count * 3)
    let last = try lastTimelineRow(of: subject)
    if let last, last.lastPosition >= next { return try insert(positions, intoTimelineOf: subject) }
    if let last, last.row.count <= TimelineRows.rowBytesMax {
      row.raw(last.row)
      TimelineRows.write(positions, behind: last.lastPosition, to: &row)
      return try putTimelineRow(TimelineKey(subject: subject, first: last.first), row)
    }
    TimelineRows.write(positions, to: &row)
    try putTimelineRow(TimelineKey(subject: subject, first: next), row)
  }

  /// What was parked once is folded when later events are: the whole timeline is written anew.
  private mutating func insert(
    _ positions: UnsafeBufferPointer<Position>, intoTimelineOf subject: Hash128
  ) throws {
    var all = Array(positions)
    var keys: [TimelineKey] = []
    try forEachRow(prefix: RowKey(subject), in: tables.timeline) { key, row in
      keys.append(TimelineKey(stored: key))
      all += try TimelineRows.positions(row)
    }
    for key in keys { try key.row.withBytes { try deleteIndex($0, in: tables.timeline) } }
    all.sort()
    try all.withUnsafeBufferPointer { all in
      try TimelineRows.forEachPiece(all) { piece in
        var row = ByteWriter()
        TimelineRows.write(piece, to: &row)
        try putTimelineRow(TimelineKey(subject: subject, first: piece[0]), row)
      }
    }
  }

  private mutating func putTimelineRow(_ key: TimelineKey, _ row: ByteWriter) throws {
    let table = tables.timeline
    try key.row.withBytes { key in try row.bytes.withUnsafeBytes { try putIndex($0, forKey: key, in: table) } }
  }

  private func lastTimelineRow(
    of subject: Hash128
  ) throws -> (first: Position, lastPosition: Position, row: [UInt8])? {
    var found: (first: Position, lastPosition: Position, row: [UInt8])?
    try withLastRow(through: RowKey(subject: subject, first: .max), in: tables.timeline) { bytes, row in
      guard bytes.count == TimelineKey.byteCount else { return }
      let key = TimelineKey(stored: bytes)
      guard key.subject == subject else { return }
      found = (key.first, try TimelineRows.positions(row).last ?? 0, Array(row))
    }
    return found
  }
}
