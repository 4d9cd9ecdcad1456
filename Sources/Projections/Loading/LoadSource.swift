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
    /// They did not fit into memory, and were set aside: first those of the older events.
    case runs([RunFile])
    /// They are those of another generation.
    case stored(StoredRows)
  }

  /// A moment of another generation. Valid while the snapshot that it was made of is.
  struct StoredRows {
    let reference: TransactionReference
    let tables: ProfileTables
    let checkpoint: Checkpoint

    init(_ snapshot: borrowing Snapshot) {
      self.init(snapshot.reference, snapshot.tables, snapshot.checkpoint)
    }

    init(_ reference: TransactionReference, _ tables: ProfileTables, _ checkpoint: Checkpoint) {
      self.reference = reference
      self.tables = tables
      self.checkpoint = checkpoint
    }

    var snapshot: Snapshot { Snapshot(reference: reference, tables: tables, checkpoint: checkpoint) }
  }

  let set: WorkingSet
  let origin: Origin

  init(_ set: WorkingSet, _ origin: Origin) {
    self.set = set
    self.origin = origin
  }

  /// How many threads may make pieces: a snapshot is for one at a time.
  var workers: Int { if case .stored = origin { 1 } else { 2 } }

  /// Whether all states are in the working set.
  var isInMemory: Bool { if case .memory = origin { true } else { false } }

  /// Gives the work of one piece of a table after the other, with the facts of its states. `tally` takes what a state in
  /// memory contributes: others are read again when people are made.
  func pieces<Key, State, Fact>(
    _ table: StateTable<Key, State>, _ facts: FactReading<Key, State, Fact>,
    tally: @escaping (inout Tallies, borrowing State) -> Void = { _, _ in }
  ) -> PieceSource {
    switch origin {
    case .memory: slotRanges(table.keys) { slots in Self.rows(table, slots, facts, tally) }
    case .runs(let files): parts { part in try Self.merged(table, files, part, facts) }
    case .stored(let rows): parts { part in try Self.copied(table, rows, part, facts) }
    }
  }

  /// Cuts the slots of a table, in the order of their keys, into ranges.
  func slotRanges<Key: TableKey>(
    _ keys: [Key], _ make: @escaping (ArraySlice<Int>) throws -> LoadedRows
  ) -> PieceSource {
    let rowsMax = 8192
    var sorted: [Int]?
    var start = 0
    return {
      let slots = sorted ?? keys.sortedIndices()
      sorted = slots
      guard start < slots.count else { return nil }
      let range = start..<min(start + rowsMax, slots.count)
      start = range.upperBound
      return { try make(slots[range]) }
    }
  }

  func parts(_ make: @escaping (Int) throws -> LoadedRows) -> PieceSource {
    var next = 0
    return {
      guard next < RunFile.partCount else { return nil }
      defer { next += 1 }
      return { [next] in try make(next) }
    }
  }

  private static func rows<Key, State, Fact>(
    _ table: StateTable<Key, State>, _ slots: ArraySlice<Int>, _ facts: FactReading<Key, State, Fact>,
    _ tally: (inout Tallies, borrowing State) -> Void
  ) -> LoadedRows {
    var batch = RowBatch(table.table, table.tag, rows: slots.count)
    var (tallies, found) = (Tallies(), [Fact]())
    for slot in slots {
      let key = table.keys[slot]
      table.states.borrowState(slot) { state in
        tally(&tallies, state)
        found.append(facts.ofState(key, slot, state))
        batch.add(key.row) { state.encode(to: &$0) }
      }
    }
    return LoadedRows(batch: batch, facts: facts.finish(found), tallies: tallies)
  }

  private static func merged<Key, State, Fact>(
    _ table: StateTable<Key, State>, _ files: [RunFile], _ part: Int, _ facts: FactReading<Key, State, Fact>
  ) throws -> LoadedRows {
    var batch = RowBatch(table.table, table.tag)
    var found: [Fact] = []
    try RunRows<Key>(files, table.tag, part: part).forEachKey { key, rows in
      // Most keys occur in one run: their rows are those that were set aside.
      guard rows.count > 1 else {
        found.append(try facts.ofRow(key, rows[0], RowForm.current))
        return batch.add(key.row, rows[0])
      }
      var state = try State.decode(rows[0])
      for row in rows.dropFirst() { state.merge(try State.decode(row)) }
      found.append(facts.ofState(key, 0, state))
      batch.add(key.row) { state.encode(to: &$0) }
    }
    return LoadedRows(batch: batch, facts: facts.finish(found))
  }

  private static func copied<Key, State, Fact>(
    _ table: StateTable<Key, State>, _ rows: StoredRows, _ part: Int, _ facts: FactReading<Key, State, Fact>
  ) throws -> LoadedRows {
    var batch = RowBatch(table.table, table.tag)
    var found: [Fact] = []
    try rows.snapshot.forEach(in: rows.tables.table(of: table.tag), part: part) { bytes, row in
      let key = Key(stored: bytes)
      found.append(try facts.ofRow(key, row, rows.checkpoint.version))
      batch.add(key.row, row)
    }
    return LoadedRows(batch: batch, facts: facts.finish(found))
  }
}

/// How the grouping of people learns what it wants to know of the states of a table.
struct FactReading<Key: TableKey, State: CachedState, Fact> {
  /// The place of a state is its slot in memory, and means nothing where it comes from elsewhere.
  let ofState: (Key, _ place: Int, borrowing State) -> Fact
  let ofRow: (Key, _ row: UnsafeRawBufferPointer, _ form: UInt32) throws -> Fact
  let finish: ([Fact]) -> LoadFacts

  /// `ofRow` spares decoding whole states, where little of them is asked for.
  init(
    _ ofState: @escaping (Key, Int, borrowing State) -> Fact,
    ofRow: ((Key, UnsafeRawBufferPointer, UInt32) throws -> Fact)? = nil, finish: @escaping ([Fact]) -> LoadFacts
  ) {
    self.ofState = ofState
    self.ofRow = { key, row, form in
      if let ofRow { return try ofRow(key, row, form) }
      return ofState(key, 0, try State.decode(row, form: form))
    }
    self.finish = finish
  }
}

extension Snapshot {
  /// Calls `body` for the rows whose keys begin with a byte.
  func forEach(
    in table: Table, part: Int, _ body: (UnsafeRawBufferPointer, UnsafeRawBufferPointer) throws -> Void
  ) throws {
    try forEachRow(prefix: RowKey(part: UInt8(part)), in: table, body)
  }
}
