import BinaryCoding
package import Events

/// The totals that earlier placements of an order gave, beside the latest one's: an order that is placed again was changed.
package struct OrderRevisions: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    package let stamp: Stamp
    package let total: Money
  }

  /// Ascending.
  package private(set) var entries: [Entry] = []

  init() {}

  /// Takes over what a placement said that is not the latest any more, or never was. O(n).
  mutating func add(_ placed: Register<OrderDetails>) {
    let entry = Entry(stamp: placed.stamp, total: placed.value.total)
    entries.insert(entry, at: entries.firstIndex { entry.stamp < $0.stamp } ?? entries.count)
  }

  mutating func merge(_ other: Self) {
    guard !other.entries.isEmpty else { return }
    entries = (entries + other.entries).sorted { $0.stamp < $1.stamp }
  }

  func encode(to writer: inout ByteWriter) {
    writer.count(entries.count)
    for entry in entries {
      entry.stamp.encode(to: &writer)
      writer.money(entry.total)
    }
  }

  init(_ reader: inout ByteReader) throws(CodingError) {
    entries = try reader.list { (reader) throws(CodingError) in
      Entry(stamp: try Stamp(&reader), total: try reader.money())
    }
  }
}
