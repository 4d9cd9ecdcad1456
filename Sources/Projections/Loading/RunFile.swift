import BinaryCoding
import Glibc
import Hashing
import ReadModels

/// States that did not fit into memory, as sorted runs of rows in a file without a name: they are merged in the end.
///
/// The scheme is that of external merge sort (Knuth, The Art of Computer Programming, volume 3, section 5.4). The file is
/// gone when the process ends, however it ends.
final class RunFile {
  private let path: String
  private var descriptor: Int32 = -1
  /// By table, the place of each run.
  private var runs: [RowTag: [Range<Int>]] = [:]
  private var end = 0
  private var buffer = ByteWriter()

  init(path: String) { self.path = path }

  deinit { if descriptor >= 0 { close(descriptor) } }

  var isEmpty: Bool { descriptor < 0 }

  /// Writes the states of a working set, and takes them out of it.
  func add(_ set: inout WorkingSet) throws {
    if descriptor < 0 { try create() }
    try add(set.identifiers)
    try add(set.links)
    try add(set.decisions)
    try add(set.orders)
    try add(set.tickets)
    try add(set.messages)
    try add(set.credits)
    var timelines = EncodedRows<Hash128>()
    set.forEachTimeline { subject, positions in
      timelines.add(subject) { TimelineRows.write(positions, to: &$0) }
    }
    try add(timelines, .timeline)
    set.removeStates()
  }

  private func add<Key, State>(_ table: StateTable<Key, State>) throws { try add(EncodedRows(table), table.tag) }

  private func add<Key>(_ rows: EncodedRows<Key>, _ tag: RowTag) throws {
    let start = end
    try rows.forEachSorted { key, row, _ in
      key.row.withBytes { buffer.raw($0) }
      buffer.fixed(UInt32(row.count))
      buffer.raw(row)
      if buffer.bytes.count >= 1 << 20 { try flush() }
    }
    try flush()
    runs[tag, default: []].append(start..<end)
  }

  private func create() throws(ProjectionError) {
    descriptor = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure("create") }
    unlink(path)
  }

  private func flush() throws {
    try buffer.bytes.withUnsafeBytes { bytes in
      var rest = bytes[...]
      while !rest.isEmpty {
        let count = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { throw failure("write") }
        rest = rest.dropFirst(count)
      }
    }
    end += buffer.bytes.count
    buffer.removeAll()
  }

  private func failure(_ verb: String) -> ProjectionError {
    .file("could not \(verb) the temporary file \(path): \(String(cString: strerror(errno)))")
  }

  /// Calls `body` for every state of a table in key order, merged from all runs that have a part of it.
  func merge<Key, State>(_ table: StateTable<Key, State>, _ body: (Key, inout State) throws -> Void) throws {
    try merge(table.tag, keyBytes: Key.byteCount) { key, rows in
      var state = try rows[0].withUnsafeBytes { try State.decode($0) }
      for row in rows.dropFirst() { state.merge(try row.withUnsafeBytes { try State.decode($0) }) }
      try body(key.withUnsafeBytes { Key(stored: $0) }, &state)
    }
  }

  /// Calls `body` for every subject in key order with the positions of its events, ascending.
  func mergeTimelines(_ body: (Hash128, [UInt64]) throws -> Void) throws {
    try merge(.timeline, keyBytes: Hash128.byteCount) { key, rows in
      let positions = try rows.flatMap { row in try row.withUnsafeBytes { try TimelineRows.positions($0) } }
      try body(key.withUnsafeBytes { StoredKey.hash($0) }, positions)
    }
  }

  /// Calls `body` for every key of a table in order, with its rows: one of each run that has it, oldest first.
  private func merge(_ tag: RowTag, keyBytes: Int, _ body: (_ key: [UInt8], _ rows: [[UInt8]]) throws -> Void) throws {
    let cursors = (runs[tag] ?? []).map { RunCursor(descriptor, $0, keyBytes: keyBytes) }
    for cursor in cursors { try cursor.next() }
    while let least = cursors.compactMap(\.key).min(by: { $0.lexicographicallyPrecedes($1) }) {
      var rows: [[UInt8]] = []
      for cursor in cursors where cursor.key == least {
        rows.append(cursor.row)
        try cursor.next()
      }
      try body(least, rows)
    }
  }
}
