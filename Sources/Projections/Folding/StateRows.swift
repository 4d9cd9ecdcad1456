import KeyValueStore

/// Where the states are that were stored before a batch.
protocol StateRows: ~Copyable {
  /// False where there are none: then nothing is looked up.
  var hasRows: Bool { get }

  /// What `body` makes of a row as it stands, or nil if there is none.
  func withRow<Result>(
    _ key: UnsafeRawBufferPointer, in table: Table, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result?
}

extension GenerationWriter: StateRows {
  var hasRows: Bool { !isFresh }
}

/// Those of a generation that is folded from the first event on.
struct NoRows: StateRows {
  var hasRows: Bool { false }

  func withRow<Result>(
    _ key: UnsafeRawBufferPointer, in table: Table, _ body: (UnsafeRawBufferPointer) throws -> Result
  ) throws -> Result? { nil }
}
