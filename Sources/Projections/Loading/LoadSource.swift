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

  /// Gives the work of one piece of a table after the other. `fact` takes of every state what is to be known of it, and
  /// `tally` what it contributes; what `finish` makes of the facts goes with the piece. The place of a state is its slot
  /// in memory, and means nothing where it comes from elsewhere.
  func pieces<Key, State, Fact>(
    _ table: StateTable<Key, State>, tally: @escaping (inout Tallies, State) -> Void = { _, _ in },
    fact: @escaping (Key, _ place: Int, inout State) -> Fact, finish: @escaping ([Fact]) -> LoadFacts
  ) -> PieceSource {
    let read: (inout Tallies, Key, Int, inout State) -> Fact = { tallies, key, place, state in
      tally(&tallies, state)
      return fact(key, place, &state)
    }
    return switch origin {
    case .memory: slotRanges(table.keys) { slots in Self.rows(table, slots, read, finish) }
    case .runs(let files): parts { part in try Self.merged(table, files, part, read, finish) }
    case .stored(let rows): parts { part in try Self.copied(table, rows, part, read, finish) }
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
    _ table: StateTable<Key, State>, _ slots: ArraySlice<Int>, _ read: (inout Tallies, Key, Int, inout State) -> Fact,
    _ finish: ([Fact]) -> LoadFacts
  ) -> LoadedRows {
    var batch = RowBatch(table.table, table.tag, rows: slots.count)
    var (tallies, found) = (Tallies(), [Fact]())
    for slot in slots {
      let key = table.keys[slot]
      table.states.withState(slot) { state in
        found.append(read(&tallies, key, slot, &state))
        batch.add(key.row) { state.encode(to: &$0) }
      }
    }
    return LoadedRows(batch: batch, facts: finish(found), tallies: tallies)
  }

  private static func merged<Key, State, Fact>(
    _ table: StateTable<Key, State>, _ files: [RunFile], _ part: Int,
    _ read: (inout Tallies, Key, Int, inout State) -> Fact,
    _ finish: ([Fact]) -> LoadFacts
  ) throws -> LoadedRows {
    var batch = RowBatch(table.table, table.tag)
    var (tallies, found) = (Tallies(), [Fact]())
    let cursors = try files.flatMap { try $0.cursors(table.tag, part: part, Key.self) }
    try forEachMerged(cursors) { key, cursors, places in
      var state = try cursors[places[0]].withRow { try State.decode($0) }
      // Most keys occur in one run: their rows are those that were set aside.
      if places.count == 1 {
        found.append(read(&tallies, key, 0, &state))
        return cursors[places[0]].withRow { batch.add(key.row, $0) }
      }
      for place in places.dropFirst() { state.merge(try cursors[place].withRow { try State.decode($0) }) }
      found.append(read(&tallies, key, 0, &state))
      batch.add(key.row) { state.encode(to: &$0) }
    }
    return LoadedRows(batch: batch, facts: finish(found), tallies: tallies)
  }

  private static func copied<Key, State, Fact>(
    _ table: StateTable<Key, State>, _ rows: StoredRows, _ part: Int,
    _ read: (inout Tallies, Key, Int, inout State) -> Fact,
    _ finish: ([Fact]) -> LoadFacts
  ) throws -> LoadedRows {
    var batch = RowBatch(table.table, table.tag)
    var (tallies, found) = (Tallies(), [Fact]())
    try rows.snapshot.forEach(in: rows.tables.table(of: table.tag), part: part) { bytes, row in
      let key = Key(stored: bytes)
      var state = try State.decode(row, form: rows.checkpoint.version)
      found.append(read(&tallies, key, 0, &state))
      batch.add(key.row, row)
    }
    return LoadedRows(batch: batch, facts: finish(found), tallies: tallies)
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
