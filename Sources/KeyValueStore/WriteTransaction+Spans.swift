/// The operations of `WriteTransaction` for keys and values in spans.
extension WriteTransaction {
  /// Sets the value of a key, whether there was one or not. O(log n).
  package mutating func put(_ value: RawSpan, forKey key: RawSpan, in table: Table) throws(StoreError) {
    try value.withUnsafeBytes { value throws(StoreError) in
      try key.withUnsafeBytes { key throws(StoreError) in try put(value, forKey: key, in: table) }
    }
  }

  /// Adds an entry whose key comes after every other key of the table; throws `keyOrder` if it does not.
  package mutating func append(_ value: RawSpan, forKey key: RawSpan, in table: Table) throws(StoreError) {
    try value.withUnsafeBytes { value throws(StoreError) in
      try key.withUnsafeBytes { key throws(StoreError) in try append(value, forKey: key, in: table) }
    }
  }

  /// Adds an entry unless the key has a value, and says whether it did. O(log n).
  package mutating func insertIfAbsent(
    _ value: RawSpan, forKey key: RawSpan, in table: Table
  ) throws(StoreError) -> Bool {
    try value.withUnsafeBytes { value throws(StoreError) in
      try key.withUnsafeBytes { key throws(StoreError) in try insertIfAbsent(value, forKey: key, in: table) }
    }
  }

  /// Removes an entry, and says whether there was one. O(log n).
  @discardableResult
  package mutating func delete(key: RawSpan, in table: Table) throws(StoreError) -> Bool {
    try key.withUnsafeBytes { key throws(StoreError) in try delete(key: key, in: table) }
  }
}
