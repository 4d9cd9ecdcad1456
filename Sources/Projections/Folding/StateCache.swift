import BinaryCoding
import KeyValueStore
import ReadModels

/// The states of one table that a batch has touched: loaded on first touch, changed in memory, written at the end.
struct StateCache<Key: Hashable & Comparable, State: FoldState> {
  private(set) var states: [Key: State] = [:]
  let table: Table
  let tag: RowTag
  private let rowKey: (Key) -> [UInt8]

  init(_ table: Table, _ tag: RowTag, rowKey: @escaping (Key) -> [UInt8]) {
    self.table = table
    self.tag = tag
    self.rowKey = rowKey
  }

  var count: Int { states.count }

  /// Changes the state of a key, which is loaded, or made by `initial`, if this batch has not touched it yet.
  mutating func update(
    _ key: Key, in writer: borrowing DigestedWriter, initial: @autoclosure () -> State, _ change: (inout State) -> Void
  ) throws {
    if let index = states.index(forKey: key) {
      change(&states.values[index])
      return
    }
    var state = try stored(key, in: writer) ?? initial()
    change(&state)
    states[key] = state
  }

  /// The state of a key as changed by this batch, or as stored.
  func state(_ key: Key, in writer: borrowing DigestedWriter) throws -> State? {
    if let state = states[key] { return state }
    return try stored(key, in: writer)
  }

  /// The state as it was before this batch.
  func stored(_ key: Key, in writer: borrowing DigestedWriter) throws -> State? {
    if writer.isFresh { return nil }
    let row = rowKey(key)
    return try writer.transaction.withValue(forKey: row.span.bytes, in: table) { value in
      try value.withUnsafeBytes { try State.decode($0) }
    }
  }

  /// Writes every touched state in key order.
  func write(to writer: inout DigestedWriter) throws {
    for key in states.keys.sorted() {
      guard let state = states[key] else { continue }
      try writer.put(state.encoded(), forKey: rowKey(key), in: table, tag)
    }
  }
}
