import BinaryCoding

/// Values by name, in a list sorted by the bytes of the names.
///
/// A tenth of the memory of a hash table for the few fields, channels and refunds that a state has, and its binary form
/// needs no sorting. Not for many names: adding a new one is O(n).
package struct NamedValues<Value: Hashable & Sendable>: Hashable, Sendable {
  /// A name and its value.
  package struct Entry: Hashable, Sendable {
    package let name: String
    package fileprivate(set) var value: Value
  }

  /// In the order of the bytes of the names.
  package private(set) var entries: [Entry] = []

  package init() {}

  package var isEmpty: Bool { entries.isEmpty }

  /// The same as a dictionary, made anew each time. O(n).
  package var dictionary: [String: Value] { Dictionary(entries.lazy.map { ($0.name, $0.value) }) { $1 } }

  /// O(log n).
  package subscript(name: String) -> Value? {
    let (index, isThere) = place(of: name)
    return isThere ? entries[index].value : nil
  }

  /// Changes the value of a name, or adds one that is missing. O(log n) for a name that is there.
  mutating func update(_ name: String, adding initial: @autoclosure () -> Value, _ change: (inout Value) -> Void) {
    let (index, isThere) = place(of: name)
    if isThere {
      change(&entries[index].value)
    } else {
      entries.insert(Entry(name: name, value: initial()), at: index)
    }
  }

  /// Takes over the values of another list; `combine` changes one that both have. O(n log m).
  mutating func merge(_ other: Self, _ combine: (inout Value, Value) -> Void) {
    if entries.isEmpty {
      entries = other.entries
      return
    }
    for entry in other.entries { update(entry.name, adding: entry.value) { combine(&$0, entry.value) } }
  }

  /// The values that `transform` makes, without those of which it makes nil. O(n).
  func compactMapValues<Other>(_ transform: (Value) -> Other?) -> NamedValues<Other> {
    var others = NamedValues<Other>()
    others.entries = entries.compactMap { entry in
      transform(entry.value).map { NamedValues<Other>.Entry(name: entry.name, value: $0) }
    }
    return others
  }

  /// Takes the greatest name away; nil where there is none. O(1).
  mutating func removeLast() -> Entry? { entries.popLast() }

  private func place(of name: String) -> (index: Int, isThere: Bool) {
    var (low, high) = (0, entries.count)
    while low < high {
      let middle = (low + high) / 2
      let order = entries[middle].name.compareBytes(with: name)
      if order == 0 { return (middle, true) }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return (low, false)
  }

  func encode(to writer: inout ByteWriter, _ write: (inout ByteWriter, Value) -> Void) {
    writer.count(entries.count)
    for entry in entries {
      writer.text(entry.name)
      write(&writer, entry.value)
    }
  }

  init(_ reader: inout ByteReader, _ read: (inout ByteReader) throws(CodingError) -> Value) throws(CodingError) {
    entries = try reader.list { (reader) throws(CodingError) in
      Entry(name: try reader.text(), value: try read(&reader))
    }
  }
}

/// Counters.
extension NamedValues where Value == Int {
  mutating func add(_ name: String) { update(name, adding: 1) { $0 += 1 } }
  mutating func merge(_ other: Self) { merge(other) { $0 += $1 } }
}

/// Registers.
extension NamedValues {
  /// Sets the register of a name, unless a later event has set it.
  mutating func set<Content>(_ name: String, _ content: Content, _ event: FoldedEvent)
  where Value == Register<Content> {
    update(name, adding: Register(content, at: event.stamp)) { $0.set(content, event) }
  }

  mutating func merge<Content>(_ other: Self) where Value == Register<Content> {
    merge(other) { $0.merge($1) }
  }
}
