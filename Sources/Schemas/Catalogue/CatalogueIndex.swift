import JSON

/// One schema of an event type.
struct CatalogueEntry: Sendable {
  let type: String
  let version: Int
  let text: String
  let isBuiltIn: Bool

  var urn: String { SchemaURN.of(type: type, version: version) }
}

/// Finds schemas by the bytes of their type: an open-addressing hash table over types, each with its versions in a row.
struct CatalogueIndex: Sendable {
  /// By type, then by version.
  let entries: [CatalogueEntry]
  private let names: Table<UInt8>
  private let versions: Table<Int>
  /// As many as a power of two, and at least twice the number of types.
  private let slots: Table<Slot>

  /// A type; with no entries where the slot is free.
  private struct Slot: BitwiseCopyable {
    var name = TableRange(start: 0, end: 0)
    var entries = TableRange(start: 0, end: 0)
  }

  init(_ unordered: [CatalogueEntry]) {
    entries = unordered.sorted { ($0.type, $0.version) < ($1.type, $1.version) }
    versions = Table(entries.map(\.version))
    let types = Self.types(entries)
    names = Table(types.names)
    slots = Table(Self.slots(types.rows, names))
  }

  private static func types(_ entries: [CatalogueEntry]) -> (names: [UInt8], rows: [Slot]) {
    var names: [UInt8] = []
    var rows: [Slot] = []
    for (index, entry) in entries.enumerated() {
      let end = Int32(index + 1)
      if index > 0, entries[index - 1].type == entry.type {
        rows[rows.count - 1].entries = TableRange(start: rows[rows.count - 1].entries.start, end: end)
      } else {
        let start = Int32(names.count)
        names += entry.type.utf8
        let name = TableRange(start: start, end: Int32(names.count))
        rows.append(Slot(name: name, entries: TableRange(start: end - 1, end: end)))
      }
    }
    return (names, rows)
  }

  private static func slots(_ rows: [Slot], _ names: Table<UInt8>) -> [Slot] {
    var capacity = 8
    while capacity < rows.count * 2 { capacity *= 2 }
    var slots = [Slot](repeating: Slot(), count: capacity)
    for row in rows {
      var slot = nameHash(UnsafeBufferPointer(rebasing: names.elements[row.name.indices])) & (capacity - 1)
      while slots[slot].entries.count > 0 { slot = (slot + 1) & (capacity - 1) }
      slots[slot] = row
    }
    return slots
  }

  /// The entries of a type, by version; empty for an unknown one. O(bytes), no allocation.
  func entries(of type: UnsafeBufferPointer<UInt8>) -> Range<Int> {
    let slots = slots.elements
    var slot = nameHash(type) & (slots.count - 1)
    while slots[slot].entries.count > 0 {
      let name = UnsafeBufferPointer(rebasing: names.elements[slots[slot].name.indices])
      if name.hasSameBytes(as: type) { return slots[slot].entries.indices }
      slot = (slot + 1) & (slots.count - 1)
    }
    return 0..<0
  }

  /// Where the entry of a type and version is. O(bytes + versions), no allocation.
  func entry(type: UnsafeBufferPointer<UInt8>, version: Int) -> Int? {
    let versions = versions.elements
    return entries(of: type).first { versions[$0] == version }
  }
}
