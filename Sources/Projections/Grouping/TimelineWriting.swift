import BinaryCoding
import EventLog
import Hashing
import KeyValueStore

extension GenerationWriter {
  /// Adds ascending positions behind those that are stored of a subject.
  mutating func extendTimeline(of subject: Hash128, by positions: UnsafeBufferPointer<Position>) throws {
    guard let next = positions.first else { return }
    var row = ByteWriter(capacity: TimelineRows.rowBytesMax + positions.count * 3)
    let last = try lastTimelineRow(of: subject)
    if let last, last.row.count <= TimelineRows.rowBytesMax {
      row.raw(last.row)
      TimelineRows.write(positions, behind: last.lastPosition, to: &row)
      return try putTimelineRow(TimelineKey(subject: subject, first: last.first), row)
    }
    TimelineRows.write(positions, to: &row)
    try putTimelineRow(TimelineKey(subject: subject, first: next), row)
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
