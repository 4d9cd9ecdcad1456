import KeyValueStore

extension Reading where Self: ~Copyable {
  /// How many entries a table has. O(1).
  func entryCount(of table: Table) throws(LogError) -> Int {
    try storeErrors { () throws(StoreError) in try count(of: table) }
  }

  /// Lends the record under a key to `body`, or returns nil if there is none. The content is nil if it is damaged.
  func withRecord<Result>(
    _ key: UInt64, in table: Table, _ body: (_ content: UnsafeRawBufferPointer?) throws(LogError) -> Result
  ) throws(LogError) -> Result? {
    var outcome: Swift.Result<Result, LogError>?
    let stored = EventLog.key(key)
    try storeErrors { () throws(StoreError) in
      _ = try withValue(forKey: stored.span.bytes, in: table) { (value) throws(StoreError) in
        value.withUnsafeBytes { value in
          do throws(LogError) {
            outcome = .success(try body(Record.content(of: value, key: key)))
          } catch {
            outcome = .failure(error)
          }
        }
      }
    }
    return try outcome?.get()
  }

  /// Lends the records from a key on to `body`, in order, until it returns false. The content is nil if it is damaged.
  func forEachRecord(
    in table: Table, from first: UInt64,
    _ body: (_ key: UInt64, _ content: UnsafeRawBufferPointer?) throws(LogError) -> Bool
  ) throws(LogError) {
    var failure: LogError?
    let stored = EventLog.key(first)
    try storeErrors { () throws(StoreError) in
      try forEach(in: table, from: stored.span.bytes) { (key, value) throws(StoreError) in
        do throws(LogError) {
          return try value.withUnsafeBytes { (value) throws(LogError) in
            guard let key = UInt64(bigEndianBytes: key) else { return try body(0, nil) }
            return try body(key, Record.content(of: value, key: key))
          }
        } catch {
          failure = error
          return false
        }
      }
    }
    if let failure { throw failure }
  }
}

extension Environment {
  /// Runs `body` in a read transaction.
  func snapshot<Result>(
    _ body: (borrowing ReadTransaction) throws(LogError) -> Result
  ) throws(LogError) -> Result {
    let outcome = try storeErrors { () throws(StoreError) in
      try read { (transaction) throws(StoreError) -> Swift.Result<Result, LogError> in
        do throws(LogError) { return .success(try body(transaction)) } catch { return .failure(error) }
      }
    }
    return try outcome.get()
  }
}

/// Runs `body` and turns what the store reports into a log error.
func storeErrors<Result: ~Copyable>(_ body: () throws(StoreError) -> Result) throws(LogError) -> Result {
  do {
    return try body()
  } catch {
    throw .store(error)
  }
}
