import BinaryCoding
import EventLog
import Hashing
import KeyValueStore
import ReadModels

/// The states of one table that a batch has touched: loaded on first touch, changed in place, written at the end.
struct StateTable<Key: TableKey, State: CachedState> {
  /// What a state was before the batch.
  struct Origin {
    let rowHash: Hash128
    let ownerKey: Hash128?
    let bearing: Bearing
  }

  let table: Table
  let tag: RowTag
  private(set) var keys: [Key] = []
  let states = StateStorage<State>()
  /// By slot; empty in a new generation, where no state was before.
  private var origins: [Origin?] = []
  private var index = SlotIndex()
  private(set) var notes = EventNotes()

  init(_ table: Table, _ tag: RowTag) {
    self.table = table
    self.tag = tag
  }

  var count: Int { keys.count }

  /// The slot of a key, whose state is loaded, or made by `initial`, if this batch has not touched it yet. O(1) and at
  /// most one look into the store.
  mutating func slot(
    of key: Key, in rows: borrowing some StateRows & ~Copyable, initial: @autoclosure () -> State
  ) throws -> Int {
    if let slot = slot(of: key) { return slot }
    if rows.hasRows {
      let stored = try load(key, in: rows)
      origins.append(stored?.origin)
      states.append(stored?.state ?? initial())
    } else {
      states.append(initial())
    }
    index.append(key.slotHash) { keys[$0].slotHash }
    keys.append(key)
    return keys.count - 1
  }

  /// The slot of a key that the batch has touched.
  func slot(of key: Key) -> Int? { index.find(key.slotHash) { keys[$0] == key } }

  func origin(_ slot: Int) -> Origin? { origins.isEmpty ? nil : origins[slot] }

  /// The slots of keys that had no state before. In a new generation that is all of them.
  var newSlots: [Int] { keys.indices.filter { origin($0) == nil } }

  private func load(_ key: Key, in rows: borrowing some StateRows & ~Copyable) throws -> (state: State, origin: Origin)?
  {
    try key.row.withBytes { keyBytes in
      try rows.withRow(keyBytes, in: table) { row in
        let state = try State.decode(row)
        let (hash, bearing) = (rowHash(tag, keyBytes, row), state.bearing)
        return (state, Origin(rowHash: hash, ownerKey: state.ownerKey, bearing: bearing))
      }
    }
  }

  /// The state of a key as changed by this batch, or as stored.
  func state(_ key: Key, in rows: borrowing some StateRows & ~Copyable) throws -> State? {
    if let slot = slot(of: key) { return states.withState(slot) { $0 } }
    return try key.row.withBytes { try rows.withRow($0, in: table) { try State.decode($0) } }
  }

  /// Takes over the states of later events, folded apart from these, and leaves the other table empty. O(states).
  mutating func absorb(_ other: inout Self) {
    var slots: [UInt32] = []
    slots.reserveCapacity(other.count)
    let otherKeys = other.keys
    other.states.drain { otherSlot, state in
      let key = otherKeys[otherSlot]
      if let slot = slot(of: key) {
        states.withState(slot) { $0.merge(state) }
        return slots.append(UInt32(slot))
      }
      slots.append(UInt32(keys.count))
      states.append(consume state)
      index.append(key.slotHash) { keys[$0].slotHash }
      keys.append(key)
    }
    notes.append(other.notes, slots: slots)
    other.removeAll()
  }

  /// Remembers that the event at a position concerns the key of a slot. Returns false if that is known.
  mutating func note(_ position: Position, _ slot: Int) -> Bool { notes.add(position, slot) }

  mutating func removeAll() {
    keys.removeAll(keepingCapacity: true)
    states.removeAll()
    origins.removeAll(keepingCapacity: true)
    index.removeAll()
    notes.removeAll()
  }
}

/// Which events concern which slots, in the order of the log.
struct EventNotes {
  private var slots: [UInt32] = []
  private var positions: [Position] = []

  var count: Int { slots.count }

  /// Positions come in ascending order. Returns false for a note that was made just now: several events may have been
  /// made of the one at a position.
  mutating func add(_ position: Position, _ slot: Int) -> Bool {
    var index = positions.count - 1
    while index >= 0, positions[index] == position {
      if slots[index] == UInt32(slot) { return false }
      index -= 1
    }
    slots.append(UInt32(slot))
    positions.append(position)
    return true
  }

  /// Forgets all notes, and keeps the room for as many.
  mutating func removeAll() {
    slots.removeAll(keepingCapacity: true)
    positions.removeAll(keepingCapacity: true)
  }

  /// Adds notes of later events; `slots` says where each of their slots is here.
  mutating func append(_ later: EventNotes, slots new: [UInt32]) {
    slots.append(contentsOf: later.slots.lazy.map { new[Int($0)] })
    positions.append(contentsOf: later.positions)
  }

  /// The positions by slot, ascending. O(notes + slots), by counting.
  func grouped(slotCount: Int) -> GroupedPositions {
    var starts = [Int](repeating: 0, count: slotCount + 1)
    for slot in slots { starts[Int(slot) + 1] += 1 }
    for slot in 0..<slotCount { starts[slot + 1] += starts[slot] }
    var next = starts
    var sorted = [Position](repeating: 0, count: positions.count)
    for (slot, position) in zip(slots, positions) {
      sorted[next[Int(slot)]] = position
      next[Int(slot)] += 1
    }
    return GroupedPositions(starts: starts, positions: sorted)
  }
}

/// Ascending positions by slot.
struct GroupedPositions {
  fileprivate let starts: [Int]
  fileprivate let positions: [Position]

  func isEmpty(_ slot: Int) -> Bool { starts[slot] == starts[slot + 1] }

  func withPositions<Result>(
    _ slot: Int, _ body: (UnsafeBufferPointer<Position>) throws -> Result
  ) rethrows -> Result {
    try positions.withUnsafeBufferPointer {
      try body(UnsafeBufferPointer(rebasing: $0[starts[slot]..<starts[slot + 1]]))
    }
  }

  /// Lends the positions of each slot that has some.
  func forEach(_ body: (_ slot: Int, UnsafeBufferPointer<Position>) throws -> Void) rethrows {
    for slot in 0..<(starts.count - 1) where !isEmpty(slot) { try withPositions(slot) { try body(slot, $0) } }
  }
}
