import BinaryCoding
import Hashing
import ReadModels

/// States that did not fit into memory, as rows by table and by the first byte of keys: those of a key come together in
/// the end. Reading is safe from several threads, once ``finish()`` was called.
final class RunFile {
  /// Parts of a table: keys that begin with one byte. Keys are hashes, so parts are about equally large.
  static let partCount = 256

  private let parts: PartFile

  init(path: String) {
    let tagsMax = RowTag.allCases.map(\.rawValue).max() ?? 0
    parts = PartFile(path: path, partCount: (Int(tagsMax) + 1) * Self.partCount)
  }

  var isEmpty: Bool { parts.isEmpty }

  /// Adds the states of a working set behind those of earlier events, and takes them out of it, table by table.
  func add(_ set: inout WorkingSet) throws {
    try set.forEachTimeline { subject, positions in
      try add(subject, .timeline) { TimelineRows.write(positions, to: &$0) }
    }
    try move(&set.identifiers)
    try move(&set.links)
    try move(&set.decisions)
    try move(&set.orders)
    try move(&set.tickets)
    try move(&set.messages)
    try move(&set.credits)
  }

  /// Gives the disk back: everything was read.
  func giveBack() { parts.giveBack() }

  /// Writes what still waits for being written.
  func finish() throws { try parts.finish() }

  private func move<Key, State>(_ table: inout StateTable<Key, State>) throws {
    let states = table.states
    let tag = table.tag
    for (slot, key) in table.keys.enumerated() {
      try add(key, tag) { row in states.withState(slot) { $0.encode(to: &row) } }
    }
    table.removeAll()
  }

  private func add<Key: TableKey>(_ key: Key, _ tag: RowTag, _ write: (inout ByteWriter) -> Void) throws {
    try parts.add(to: Self.part(tag, Int(key.prefix >> 56))) { part in
      key.row.withBytes { part.raw($0) }
      part.sized(write)
    }
  }

  /// The bytes of a part of a table, those of earlier files first.
  fileprivate static func bytes(_ tag: RowTag, _ part: Int, of files: [RunFile]) throws(ProjectionError) -> [UInt8] {
    try PartFile.bytes(Self.part(tag, part), of: files.map(\.parts))
  }

  private static func part(_ tag: RowTag, _ part: Int) -> Int { Int(tag.rawValue) * partCount + part }
}

/// The rows of a part of a table that were set aside.
struct RunRows<Key: TableKey> {
  private let bytes: [UInt8]
  /// In the order in which they were set aside.
  private var entries: [(key: Key, row: Range<Int>)] = []

  /// Of files with the rows of older events before those of newer ones.
  init(_ files: [RunFile], _ tag: RowTag, part: Int) throws(ProjectionError) {
    let bytes = try RunFile.bytes(tag, part, of: files)
    self.bytes = bytes
    bytes.withUnsafeBytes { bytes in
      var start = 0
      while start < bytes.count {
        let rowStart = start + Key.byteCount + 4
        let count = bytes.loadUnaligned(fromByteOffset: start + Key.byteCount, as: UInt32.self).littleEndian
        let key = Key(stored: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + Key.byteCount)]))
        start = rowStart + Int(count)
        entries.append((key, rowStart..<start))
      }
    }
  }

  /// Calls `body` for each key, ascending, with its rows, those of the oldest events first. O(rows).
  func forEachKey(_ body: (Key, _ rows: [UnsafeRawBufferPointer]) throws -> Void) rethrows {
    // All keys of a part have their first byte in common.
    let order = sortedByUniformPrefix(entries.count, { entries[$0].key.prefix << 8 }) { a, b in
      entries[a].key != entries[b].key ? entries[a].key < entries[b].key : a < b
    }
    try bytes.withUnsafeBytes { bytes in
      var rows: [UnsafeRawBufferPointer] = []
      for (place, index) in order.enumerated() {
        let entry = entries[index]
        rows.append(UnsafeRawBufferPointer(rebasing: bytes[entry.row]))
        if place + 1 < order.count, entries[order[place + 1]].key == entry.key { continue }
        try body(entry.key, rows)
        rows.removeAll(keepingCapacity: true)
      }
    }
  }
}
