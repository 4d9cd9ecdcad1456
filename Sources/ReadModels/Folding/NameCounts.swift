import BinaryCoding

/// How often each of a few names occurred. The first name lies in place: most identifiers know one channel.
package struct NameCounts: Hashable, Sendable {
  /// The least name by its bytes; its count is 0 when there is none.
  private var firstName = ""
  private var firstCount = 0
  private var others = NamedValues<Int>()

  package init() {}

  package var isEmpty: Bool { firstCount == 0 }

  /// The same as a dictionary, made anew each time. O(n).
  package var dictionary: [String: Int] {
    isEmpty ? [:] : others.dictionary.merging([firstName: firstCount]) { $1 }
  }

  /// O(log n) for a name that is there.
  mutating func add(_ name: String, _ count: Int = 1) {
    if isEmpty {
      (firstName, firstCount) = (name, count)
      return
    }
    let order = name.compareBytes(with: firstName)
    if order == 0 {
      firstCount += count
      return
    }
    if order > 0 { return others.update(name, adding: count) { $0 += count } }
    others.update(firstName, adding: firstCount) { $0 += 0 }
    (firstName, firstCount) = (name, count)
  }

  /// Counts a name that is given by its bytes. O(bytes) for the first name, and no text is made of it.
  mutating func add(normalising name: UnsafeBufferPointer<UInt8>) {
    if !isEmpty, firstName.hasSameBytes(as: name) { firstCount += 1 } else { add(String(normalising: name)) }
  }

  /// O(n log m).
  mutating func merge(_ other: Self) {
    if isEmpty {
      self = other
      return
    }
    guard !other.isEmpty else { return }
    add(other.firstName, other.firstCount)
    for entry in other.others.entries { add(entry.name, entry.value) }
  }

  func encode(to writer: inout ByteWriter) {
    writer.count(isEmpty ? 0 : others.entries.count + 1)
    guard !isEmpty else { return }
    writer.text(firstName)
    writer.count(firstCount)
    for entry in others.entries {
      writer.text(entry.name)
      writer.count(entry.value)
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    let list = try reader.list { (reader) throws(CodingError) in (name: try reader.text(), count: try reader.count()) }
    for (name, count) in list { add(name, count) }
  }
}
