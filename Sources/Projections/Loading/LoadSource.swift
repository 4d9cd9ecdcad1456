import BinaryCoding
import EventLog
import Hashing
import KeyValueStore
import ReadModels

/// Where the states of a load come from.
struct LoadSource {
  enum Origin {
    /// They are all in the working set.
    case memory
    /// They did not fit into memory, and were set aside.
    case runs(RunFile)
    /// They are those of another generation.
    case stored(StoredRows)
  }

  /// A moment of another generation. Valid while the snapshot that it was made of is.
  struct StoredRows {
    let reference: TransactionReference
    let tables: ProfileTables
    let checkpoint: Checkpoint

    init(_ snapshot: borrowing Snapshot) {
      reference = snapshot.reference
      tables = snapshot.tables
      checkpoint = snapshot.checkpoint
    }

    var snapshot: Snapshot { Snapshot(reference: reference, tables: tables, checkpoint: checkpoint) }
  }

  let set: WorkingSet
  let origin: Origin

  init(_ set: WorkingSet, _ origin: Origin) {
    self.set = set
    self.origin = origin
  }

  /// Whether all states are still at hand.
  var isInMemory: Bool { if case .memory = origin { true } else { false } }

  /// Calls `note` for every state of a table, and `body` for every row in key order with the number of the call of
  /// `note` that got what `facts` takes of its state.
  func forEachRow<Key, State, Facts>(
    _ table: StateTable<Key, State>, _ facts: (inout State) -> Facts, _ note: (Key, Facts) throws -> Void,
    _ body: (Key, UnsafeRawBufferPointer, Int) throws -> Void
  ) throws {
    var index = 0
    switch origin {
    case .memory:
      for slot in table.keys.indices { try note(table.keys[slot], table.states.withState(slot, facts)) }
      try EncodedRows(table).forEachSorted(body)
    case .runs(let runs):
      try runs.merge(table) { key, state in
        try note(key, facts(&state))
        try state.encoded().withUnsafeBytes { try body(key, $0, index) }
        index += 1
      }
    case .stored(let rows):
      try rows.snapshot.forEach(in: rows.tables.table(of: table.tag), from: nil) { bytes, row in
        var state = try State.decode(row)
        let key = Key(stored: bytes)
        try note(key, facts(&state))
        try body(key, row, index)
        index += 1
        return true
      }
    }
  }

  /// Calls `body` for every row of the timelines in key order.
  func forEachTimelineRow(_ body: (TimelineKey, UnsafeRawBufferPointer) throws -> Void) throws {
    switch origin {
    case .memory:
      var rows = EncodedRows<TimelineKey>()
      set.forEachTimeline { subject, positions in
        TimelineRows.forEachPiece(positions) { piece in
          rows.add(TimelineKey(subject: subject, first: piece[0])) { TimelineRows.write(piece, to: &$0) }
        }
      }
      try rows.forEachSorted { key, row, _ in try body(key, row) }
    case .runs(let runs):
      var row = ByteWriter()
      try runs.mergeTimelines { subject, positions in
        try positions.withUnsafeBufferPointer { positions in
          try TimelineRows.forEachPiece(positions) { piece in
            row.removeAll()
            TimelineRows.write(piece, to: &row)
            try row.bytes.withUnsafeBytes { try body(TimelineKey(subject: subject, first: piece[0]), $0) }
          }
        }
      }
    case .stored(let rows):
      try rows.snapshot.forEach(in: rows.tables.timeline, from: nil) { key, row in
        try body(TimelineKey(stored: key), row)
        return true
      }
    }
  }

  /// The digest of all that timelines say. `states`: that of the rows of all states.
  ///
  /// Another generation's is what its whole digest has beside the states, which are the same, and its people.
  func timelineDigest(states: SetDigest) throws -> SetDigest {
    guard case .stored(let rows) = origin else { return set.timelineDigest }
    var digest = rows.checkpoint.digest
    digest.remove(states)
    try rows.snapshot.forEach(in: rows.tables.people, from: nil) { key, row in
      digest.remove(rowHash(.people, key, row))
      return true
    }
    return digest
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
}
