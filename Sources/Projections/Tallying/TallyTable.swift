import Hashing
import KeyValueStore
import ReadModels

/// What rows that changed contribute to the tallies of one kind: by key, the sum of what is added less what is taken away.
struct TallyTable<State: TallyState> {
  let tag: RowTag
  private(set) var changes: [Hash128: State] = [:]

  init(_ tag: RowTag) { self.tag = tag }

  /// Two subjects of one key are never mixed: the one that came later is left out.
  mutating func add(_ part: State) {
    change(part) {
      $0.merge(part)
    } otherwise: {
      part
    }
  }

  mutating func subtract(_ part: State) {
    change(part) {
      $0.subtract(part)
    } otherwise: {
      // Twice taken away from itself, it is its own negative.
      var negative = part
      negative.subtract(part)
      negative.subtract(part)
      return negative
    }
  }

  private mutating func change(_ part: State, _ body: (inout State) -> Void, otherwise: () -> State) {
    let key = part.key
    guard let index = changes.index(forKey: key) else {
      changes[key] = otherwise()
      return
    }
    guard changes.values[index].isSameSubject(as: part) else { return }
    body(&changes.values[index])
  }

  mutating func merge(_ other: Self) {
    if changes.isEmpty {
      changes = other.changes
      return
    }
    for part in other.changes.values { add(part) }
  }

  /// Brings the rows of a generation up to date.
  func write(to writer: inout GenerationWriter) throws {
    let table = try writer.tables.table(of: tag)
    for (key, change) in changes.sorted(by: { $0.key < $1.key }) where !change.isEmpty {
      try RowKey(key).withBytes { keyBytes in
        let stored = try writer.withRow(keyBytes, in: table) { row in
          (state: try State.decode(row), hash: rowHash(tag, keyBytes, row))
        }
        var state = change
        if let stored {
          guard stored.state.isSameSubject(as: change) else { return }
          state.merge(stored.state)
        }
        guard !state.isEmpty else {
          if let stored { try writer.delete(keyBytes, in: table, tag, old: stored.hash) }
          return
        }
        try state.encoded().withUnsafeBytes {
          try writer.put($0, forKey: keyBytes, in: table, tag, old: stored?.hash)
        }
      }
    }
  }

  /// All rows of a generation that has none, ascending.
  func rows(of table: Table) -> RowBatch {
    var batch = RowBatch(table, tag)
    for (key, state) in changes.sorted(by: { $0.key < $1.key }) where !state.isEmpty {
      batch.add(RowKey(key)) { state.encode(to: &$0) }
    }
    return batch
  }
}
