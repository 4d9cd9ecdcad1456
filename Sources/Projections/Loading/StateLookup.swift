import Hashing
import KeyValueStore
import ReadModels

/// Finds the states that people are made of: in memory, or in rows that were written.
struct StateLookup {
  /// Nil while all states are in the working set.
  private let rows: LoadSource.StoredRows?

  var isInMemory: Bool { rows == nil }

  static var inMemory: StateLookup { StateLookup(rows: nil) }

  init(rows: LoadSource.StoredRows?) { self.rows = rows }

  /// Lends the state of a key, which must be there: in memory, at its place.
  func withState<State, Result>(
    _ key: Hash128, _ place: UInt32, _ table: StateTable<Hash128, State>, _ body: (borrowing State) throws -> Result
  ) throws -> Result {
    guard let rows else { return try table.states.borrowState(Int(place), body) }
    let found = try RowKey(key).withBytes { key in
      try rows.snapshot.withRow(key, in: rows.tables.table(of: table.tag)) {
        try State.decode($0, form: rows.checkpoint.version)
      }
    }
    guard let state = found else { throw missing(key, table.tag) }
    return try body(state)
  }

  private func missing(_ key: Hash128, _ tag: RowTag) -> ProjectionError {
    .damaged("the row of \(key) is missing from the table of \(tag)")
  }
}
