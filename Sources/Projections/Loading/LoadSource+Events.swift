import BinaryCoding
import EventLog
import Hashing
import KeyValueStore
import ReadModels
import Upcasting

/// What a load writes beside states: which events concern whom, and which could not be folded.
extension LoadSource {
  /// Gives the work of one piece of the timelines after the other, in the order of keys.
  var timelinePieces: PieceSource {
    switch origin {
    case .memory:
      let (table, notes) = (set.tables.timeline, SubjectNotes(set))
      return slotRanges(notes.subjects) { places in
        var batch = RowBatch(table, rows: places.count)
        for place in places { notes.withPositions(place) { Self.add($0, of: notes.subjects[place], to: &batch) } }
        return LoadedRows(batch: batch)
      }
    case .runs(let files):
      let table = set.tables.timeline
      return parts { part in
        var batch = RowBatch(table)
        try RunRows<Hash128>(files, .timeline, part: part).forEachKey { subject, rows in
          // Most subjects occur in one run, and their rows are as they are written.
          if rows.count == 1, rows[0].count <= TimelineRows.rowBytesMax / 2 {
            return batch.add(RowKey(subject: subject, first: try TimelineRows.first(rows[0])), rows[0])
          }
          let positions = try rows.flatMap { try TimelineRows.positions($0) }
          positions.withUnsafeBufferPointer { Self.add($0, of: subject, to: &batch) }
        }
        return LoadedRows(batch: batch)
      }
    case .stored(let rows):
      return parts { part in
        var batch = RowBatch(set.tables.timeline)
        try rows.snapshot.forEach(in: rows.tables.timeline, part: part) { key, row in
          batch.add(TimelineKey(stored: key).row, row)
        }
        return LoadedRows(batch: batch)
      }
    }
  }

  /// The digest of all that timelines say.
  var timelineDigest: SetDigest {
    if case .stored(let rows) = origin { rows.checkpoint.digests[.timeline] } else { set.timelineDigest }
  }

  /// The fingerprint of the upcasters by which the events were read that the states are made of.
  func upcasters(_ settings: FoldSettings) throws -> UInt64 {
    guard case .stored(let rows) = origin else { return settings.upcasters.fingerprint }
    let key = StoredSettings.key
    let stored = try rows.snapshot.bytes(forKey: key.span.bytes, in: rows.tables.meta).map {
      try StoredSettings.decoded($0)
    }
    return stored?.upcasters ?? 0
  }

  /// Calls `body` for every event of which something could not be folded, in the order of the log.
  func forEachParked(_ body: (Position, UnsafeRawBufferPointer) throws -> Void) throws {
    guard case .stored(let rows) = origin else {
      for event in set.parked.events { try Array(event.reason.utf8).withUnsafeBytes { try body(event.position, $0) } }
      return
    }
    try rows.snapshot.forEach(in: rows.tables.parked, from: nil) { key, row in
      try body(StoredKey.position(key), row)
      return true
    }
  }

  private static func add(_ positions: UnsafeBufferPointer<Position>, of subject: Hash128, to batch: inout RowBatch) {
    TimelineRows.forEachPiece(positions) { piece in
      batch.add(RowKey(subject: subject, first: piece[0])) { TimelineRows.write(piece, to: &$0) }
    }
  }
}

/// The notes of a working set by subject.
private struct SubjectNotes {
  private(set) var subjects: [Hash128] = []
  private var slots: [(table: Int, slot: Int)] = []
  private var tables: [GroupedPositions] = []

  init(_ set: WorkingSet) {
    add(set.identifiers)
    add(set.orders)
    add(set.tickets)
    add(set.messages)
    add(set.credits)
  }

  private mutating func add<State>(_ table: StateTable<Hash128, State>) {
    let grouped = table.notes.grouped(slotCount: table.count)
    for slot in table.keys.indices where !grouped.isEmpty(slot) {
      subjects.append(table.keys[slot])
      slots.append((tables.count, slot))
    }
    tables.append(grouped)
  }

  func withPositions(_ place: Int, _ body: (UnsafeBufferPointer<Position>) -> Void) {
    tables[slots[place].table].withPositions(slots[place].slot, body)
  }
}
