package import BinaryCoding
package import Events

/// What sums can be kept by: compared by its stored form, so that a list has one order on every machine.
package protocol SumKey: Hashable, Sendable {
  /// Negative, zero or positive as the key sorts before, is, or sorts behind another.
  func order(with other: Self) -> Int
  func encode(to writer: inout ByteWriter)
  init(_ reader: inout ByteReader) throws(CodingError)
}

/// Sums by key that can be taken away again; a sum of zero is not kept, so that equal sums have equal bytes.
///
/// Sums wrap around: they form a commutative group. The first key lies in place, since most articles have one name and
/// one currency. Not for many keys: adding a new one is O(n).
package struct Sums<Key: SumKey>: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package let key: Key
    /// Never zero.
    package fileprivate(set) var sum: Int64
  }

  /// The least key; nil where there is none at all.
  private var first: Entry?
  /// In ascending order.
  private var others: [Entry] = []

  package init() {}

  package init(_ key: Key, _ sum: Int64) { add(sum, to: key) }

  package var isEmpty: Bool { first == nil }

  /// By key, ascending; made anew each time. O(n).
  package var entries: [Entry] { first.map { [$0] + others } ?? [] }

  /// Zero for a key that has no sum. O(log n).
  package subscript(key: Key) -> Int64 {
    guard let first else { return 0 }
    if first.key == key { return first.sum }
    let (index, isThere) = place(of: key)
    return isThere ? others[index].sum : 0
  }

  /// The key of the greatest sum above zero, of equal ones the least. O(n).
  package var mostFrequent: Key? {
    guard let first else { return nil }
    let best = others.reduce(first) { $1.sum > $0.sum ? $1 : $0 }
    return best.sum > 0 ? best.key : nil
  }

  /// Adds to the sum of a key, or takes away from it. O(log n) for a key that is there.
  mutating func add(_ amount: Int64, to key: Key) {
    guard amount != 0 else { return }
    guard let least = first else {
      first = Entry(key: key, sum: amount)
      return
    }
    let order = key.order(with: least.key)
    if order > 0 { return addBehindFirst(amount, to: key) }
    if order == 0 { return addToFirst(amount) }
    others.insert(least, at: 0)
    first = Entry(key: key, sum: amount)
  }

  private mutating func addToFirst(_ amount: Int64) {
    first?.sum &+= amount
    if first?.sum == 0 { first = others.isEmpty ? nil : others.removeFirst() }
  }

  private mutating func addBehindFirst(_ amount: Int64, to key: Key) {
    let (index, isThere) = place(of: key)
    guard isThere else { return others.insert(Entry(key: key, sum: amount), at: index) }
    others[index].sum &+= amount
    if others[index].sum == 0 { others.remove(at: index) }
  }

  /// O(n log m).
  package mutating func merge(_ other: Self) {
    if isEmpty {
      self = other
      return
    }
    other.forEach { add($0.sum, to: $0.key) }
  }

  /// O(n log m).
  package mutating func subtract(_ other: Self) { other.forEach { add(0 &- $0.sum, to: $0.key) } }

  private func forEach(_ body: (Entry) -> Void) {
    guard let first else { return }
    body(first)
    others.forEach(body)
  }

  /// Among the keys behind the first.
  private func place(of key: Key) -> (index: Int, isThere: Bool) {
    var (low, high) = (0, others.count)
    while low < high {
      let middle = (low + high) / 2
      let order = others[middle].key.order(with: key)
      if order == 0 { return (middle, true) }
      if order < 0 { low = middle + 1 } else { high = middle }
    }
    return (low, false)
  }

  func encode(to writer: inout ByteWriter) {
    writer.count(isEmpty ? 0 : others.count + 1)
    forEach { entry in
      entry.key.encode(to: &writer)
      writer.signed(entry.sum)
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    others = try reader.list { (reader) throws(CodingError) in
      Entry(key: try Key(&reader), sum: try reader.signed())
    }
    first = others.isEmpty ? nil : others.removeFirst()
  }
}

/// Texts in NFC, by their bytes.
extension String: SumKey {
  package func order(with other: Self) -> Int { compareBytes(with: other) }
  package func encode(to writer: inout ByteWriter) { writer.text(self) }
  package init(_ reader: inout ByteReader) throws(CodingError) { self = try reader.text() }
}

extension Currency: SumKey {
  package func order(with other: Self) -> Int { rawValue < other.rawValue ? -1 : rawValue > other.rawValue ? 1 : 0 }
  package func encode(to writer: inout ByteWriter) { writer.unsigned(rawValue) }
  package init(_ reader: inout ByteReader) throws(CodingError) {
    guard let code = UInt32(exactly: try reader.unsigned()) else { throw CodingError("a currency is out of range") }
    self.init(rawValue: code)
  }
}
