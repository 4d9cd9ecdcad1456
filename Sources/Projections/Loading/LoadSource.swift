import BinaryCoding
import EventLog
import Hashing
import ReadModels

/// Where the states of a load come from: from memory, or, where they did not fit, from what was set aside.
struct LoadSource {
  let set: WorkingSet
  let runs: RunFile?

  /// Whether all states are still at hand.
  var isInMemory: Bool { runs == nil }

  /// Calls `note` for every state of a table, and `body` for every row in key order with the number of the call of
  /// `note` that got what `facts` takes of its state.
  func forEachRow<Key, State, Facts>(
    _ table: StateTable<Key, State>, _ facts: (inout State) -> Facts, _ note: (Key, Facts) throws -> Void,
    _ body: (Key, UnsafeRawBufferPointer, Int) throws -> Void
  ) throws {
    if let runs {
      var index = 0
      try runs.merge(table) { key, state in
        try note(key, facts(&state))
        try state.encoded().withUnsafeBytes { try body(key, $0, index) }
        index += 1
      }
    } else {
      for slot in table.keys.indices { try note(table.keys[slot], table.states.withState(slot, facts)) }
      try EncodedRows(table).forEachSorted(body)
    }
  }

  /// Calls `body` for every row of the timelines in key order.
  func forEachTimelineRow(_ body: (TimelineKey, UnsafeRawBufferPointer) throws -> Void) throws {
    if let runs {
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
    } else {
      var rows = EncodedRows<TimelineKey>()
      set.forEachTimeline { subject, positions in
        TimelineRows.forEachPiece(positions) { piece in
          rows.add(TimelineKey(subject: subject, first: piece[0])) { TimelineRows.write(piece, to: &$0) }
        }
      }
      try rows.forEachSorted { key, row, _ in try body(key, row) }
    }
  }
}
