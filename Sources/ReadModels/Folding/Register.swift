import BinaryCoding

/// A value that the latest event sets: a last-writer-wins register, commutative and associative.
package struct Register<Value: Hashable & Sendable>: Hashable, Sendable {
  /// The event that set the value.
  package private(set) var stamp: Stamp
  package private(set) var value: Value

  package init(_ value: Value, at stamp: Stamp) {
    self.value = value
    self.stamp = stamp
  }

  /// Keeps the later of the two.
  package mutating func merge(_ other: Self) {
    if stamp < other.stamp { self = other }
  }

  /// Takes the value, unless a later event has set the register.
  mutating func set(_ value: Value, _ event: FoldedEvent) {
    if stamp.time > event.time { return }
    merge(Register(value, at: event.stamp))
  }
}

extension Optional {
  /// Sets a register, unless a later event has set it.
  mutating func set<Value>(_ value: Value, _ event: FoldedEvent) where Wrapped == Register<Value> {
    if self == nil { self = Register(value, at: event.stamp) } else { self?.set(value, event) }
  }

  mutating func merge<Value>(_ other: Register<Value>?) where Wrapped == Register<Value> {
    guard let other else { return }
    if self == nil { self = other } else { self?.merge(other) }
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
  /// A register that may not be set.
  mutating func register<Value>(_ register: Register<Value>?, _ write: (inout ByteWriter, Value) -> Void) {
    optional(register) { $0.set($1, write) }
  }

  /// A register that is set.
  mutating func set<Value>(_ register: Register<Value>, _ write: (inout ByteWriter, Value) -> Void) {
    register.stamp.encode(to: &self)
    write(&self, register.value)
  }

  mutating func time(_ time: Int64?) {
    optional(time) { $0.signed($1) }
  }
}

extension ByteReader {
  /// A register that may not be set.
  mutating func register<Value>(
    _ read: (inout ByteReader) throws(CodingError) -> Value
  ) throws(CodingError) -> Register<Value>? {
    try optional { (reader) throws(CodingError) in try reader.set(read) }
  }

  /// A register that is set.
  mutating func set<Value>(
    _ read: (inout ByteReader) throws(CodingError) -> Value
  ) throws(CodingError) -> Register<Value> {
    let stamp = try Stamp(asWantedBy: &self)
    return Register(try read(&self), at: stamp)
  }

  mutating func time() throws(CodingError) -> Int64? {
    try optional { (reader) throws(CodingError) in try reader.signed() }
  }
}
