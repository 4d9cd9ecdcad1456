import BinaryCoding

/// A value that the latest event sets: a last-writer-wins register, commutative and associative.
package struct Register<Value: Hashable & Sendable>: Hashable, Sendable {
  package private(set) var stamp: Stamp
  package private(set) var value: Value

  package init(_ value: Value, at stamp: Stamp) {
    self.value = value
    self.stamp = stamp
  }

  package mutating func merge(_ other: Self) {
    if stamp < other.stamp { self = other }
  }
}

extension Optional {
  /// Sets a register, unless a later event has set it.
  mutating func set<Value>(_ value: Value, _ event: FoldedEvent) where Wrapped == Register<Value> {
    if let present = self, present.stamp.time > event.time { return }
    merge(Register(value, at: event.stamp))
  }

  mutating func merge<Value>(_ other: Register<Value>?) where Wrapped == Register<Value> {
    guard let other else { return }
    if self == nil { self = other } else { self?.merge(other) }
  }
}

extension Dictionary {
  /// Merges registers key by key.
  mutating func mergeRegisters<Content>(_ other: Self) where Value == Register<Content> {
    merge(other) { mine, theirs in
      var merged = mine
      merged.merge(theirs)
      return merged
    }
  }

  /// Adds counters key by key.
  mutating func addCounts(_ other: Self) where Value == Int {
    merge(other, uniquingKeysWith: +)
  }
}

extension Optional where Wrapped == Int64 {
  /// Keeps the smaller: the first time.
  mutating func keepEarliest(_ other: Int64?) {
    guard let other else { return }
    self = Swift.min(self ?? other, other)
  }

  /// Keeps the larger: the last time.
  mutating func keepLatest(_ other: Int64?) {
    guard let other else { return }
    self = Swift.max(self ?? other, other)
  }
}

extension ByteWriter {
  mutating func register<Value>(_ register: Register<Value>?, _ write: (inout ByteWriter, Value) -> Void) {
    optional(register) { writer, register in
      register.stamp.encode(to: &writer)
      write(&writer, register.value)
    }
  }

  mutating func time(_ time: Int64?) {
    optional(time) { $0.signed($1) }
  }

  /// A dictionary in the byte order of its keys, so that equal states have equal bytes.
  mutating func dictionary<Value>(_ dictionary: [String: Value], _ write: (inout ByteWriter, Value) -> Void) {
    count(dictionary.count)
    for (key, value) in dictionary.sorted(by: { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }) {
      text(key)
      write(&self, value)
    }
  }
}

extension ByteReader {
  mutating func register<Value>(
    _ read: (inout ByteReader) throws(CodingError) -> Value
  ) throws(CodingError) -> Register<Value>? {
    try optional { (reader) throws(CodingError) in
      let stamp = try Stamp(&reader)
      return Register(try read(&reader), at: stamp)
    }
  }

  mutating func time() throws(CodingError) -> Int64? {
    try optional { (reader) throws(CodingError) in try reader.signed() }
  }

  mutating func dictionary<Value>(
    _ read: (inout ByteReader) throws(CodingError) -> Value
  ) throws(CodingError) -> [String: Value] {
    let pairs = try list { (reader) throws(CodingError) in (try reader.text(), try read(&reader)) }
    return Dictionary(pairs) { $1 }
  }
}

extension ByteReader {
  /// A dictionary whose values are registers that are all set.
  mutating func registers<Value>(
    _ read: (inout ByteReader) throws(CodingError) -> Value
  ) throws(CodingError) -> [String: Register<Value>] {
    try dictionary { (reader) throws(CodingError) in
      guard let register = try reader.register(read) else { throw CodingError("a register without its event") }
      return register
    }
  }
}
