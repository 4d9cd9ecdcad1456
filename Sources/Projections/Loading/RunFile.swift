import BinaryCoding
import Glibc
import Hashing
import ReadModels

/// States that did not fit into memory, as sorted runs of rows in a file without a name: they are merged in the end.
///
/// The scheme is that of external merge sort (Knuth, The Art of Computer Programming, volume 3, section 5.4), each run
/// being cut by the first byte of keys, so that parts of a table are merged apart from each other. The file is gone when
/// the process ends, however it ends. Reading is safe from several threads.
final class RunFile {
  /// Part of the keys of a table: those that begin with one byte.
  static let partCount = 256

  private let path: String
  private var descriptor: Int32 = -1
  /// By table, for each run where its parts begin, and where the last one ends.
  private var runs: [RowTag: [[Int]]] = [:]
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

  private func add<Key: TableKey>(_ rows: EncodedRows<Key>, _ tag: RowTag) throws {
    var starts: [Int] = []
    try rows.forEachSorted { key, row, _ in
      while starts.count <= Int(key.prefix >> 56) { starts.append(end + buffer.bytes.count) }
      key.row.withBytes { buffer.raw($0) }
      buffer.fixed(UInt32(row.count))
      buffer.raw(row)
      if buffer.bytes.count >= 1 << 20 { try flush() }
    }
    try flush()
    while starts.count <= Self.partCount { starts.append(end) }
    runs[tag, default: []].append(starts)
  }

  /// The rows of a part of a table, one cursor for each run that has some, oldest first.
  func cursors<Key: TableKey>(_ tag: RowTag, part: Int, _: Key.Type) throws(ProjectionError) -> [RunCursor<Key>] {
    var cursors: [RunCursor<Key>] = []
    for starts in runs[tag] ?? [] where starts[part] < starts[part + 1] {
      cursors.append(RunCursor(try read(starts[part]..<starts[part + 1])))
    }
    return cursors
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

  private func read(_ range: Range<Int>) throws(ProjectionError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: range.count)
    var filled = 0
    while filled < range.count {
      let start = filled
      let count = bytes.withUnsafeMutableBytes {
        pread(descriptor, $0.baseAddress?.advanced(by: start), range.count - start, off_t(range.lowerBound + start))
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw failure("read") }
      filled += count
    }
    return bytes
  }

  private func failure(_ verb: String) -> ProjectionError {
    .file("could not \(verb) the temporary file \(path): \(String(cString: strerror(errno)))")
  }
}

/// Goes through the rows of one part of a run.
struct RunCursor<Key: TableKey> {
  private let bytes: [UInt8]
  private var rowRange = 0..<0
  /// Of the row that the cursor stands on; nil behind the last.
  private(set) var key: Key?

  /// Stands on the first row.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    next()
  }

  mutating func next() {
    let start = rowRange.upperBound
    guard start < bytes.count else {
      key = nil
      return
    }
    bytes.withUnsafeBytes { bytes in
      let rowStart = start + Key.byteCount + 4
      key = Key(stored: UnsafeRawBufferPointer(rebasing: bytes[start..<(start + Key.byteCount)]))
      let count = bytes.loadUnaligned(fromByteOffset: start + Key.byteCount, as: UInt32.self).littleEndian
      rowRange = rowStart..<(rowStart + Int(count))
    }
  }

  func withRow<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[rowRange])) }
  }
}

/// Merges parts of runs: `body` gets one key after the other, ascending, the cursors, and which of them stand on the key,
/// in the order of the runs.
func forEachMerged<Key: TableKey>(
  _ runs: [RunCursor<Key>], _ body: (Key, _ cursors: [RunCursor<Key>], _ places: [Int]) throws -> Void
) rethrows {
  var cursors = runs
  var places: [Int] = []
  while true {
    var least: Key?
    for (place, cursor) in cursors.enumerated() {
      guard let key = cursor.key else { continue }
      if let known = least, known <= key {
        if known == key { places.append(place) }
        continue
      }
      least = key
      places.removeAll(keepingCapacity: true)
      places.append(place)
    }
    guard let least else { return }
    try body(least, cursors, places)
    for place in places { cursors[place].next() }
    places.removeAll(keepingCapacity: true)
  }
}
