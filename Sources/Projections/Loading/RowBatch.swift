import BinaryCoding
import Hashing
import KeyValueStore

/// Rows of one table, ascending, ready to be written behind those that are there: made on one thread, written on another.
struct RowBatch {
  let table: Table
  /// Nil for an index, which is not digested.
  let tag: RowTag?
  /// Keys and rows in turn.
  private var bytes: ByteWriter
  private var ends: [Int] = []
  private(set) var digest = SetDigest()

  /// `rows`: about how many there will be.
  init(_ table: Table, _ tag: RowTag? = nil, rows: Int = 0) {
    self.table = table
    self.tag = tag
    bytes = ByteWriter(capacity: rows * 128)
    ends.reserveCapacity(rows * 2)
  }

  /// How many rows there are.
  var count: Int { ends.count / 2 }

  /// Adds a row behind all others; `write` writes it.
  mutating func add(_ key: RowKey, _ write: (inout ByteWriter) -> Void) { key.withBytes { add($0, write) } }

  mutating func add(_ key: RowKey, _ row: UnsafeRawBufferPointer) { key.withBytes { add($0, row) } }

  mutating func add(_ key: UnsafeRawBufferPointer, _ row: UnsafeRawBufferPointer) { add(key) { $0.raw(row) } }

  private mutating func add(_ key: UnsafeRawBufferPointer, _ write: (inout ByteWriter) -> Void) {
    bytes.raw(key)
    let start = bytes.byteCount
    ends.append(start)
    write(&bytes)
    ends.append(bytes.byteCount)
    guard let tag else { return }
    bytes.bytes.withUnsafeBytes { bytes in
      digest.add(rowHash(tag, key, UnsafeRawBufferPointer(rebasing: bytes[start...])))
    }
  }

  /// Adds a row that consists of its key.
  mutating func add(_ key: RowKey) { add(key) { _ in } }

  func forEach(_ body: (_ key: UnsafeRawBufferPointer, _ row: UnsafeRawBufferPointer) throws -> Void) rethrows {
    try bytes.bytes.withUnsafeBytes { bytes in
      var start = 0
      for index in stride(from: 0, to: ends.count, by: 2) {
        try body(
          UnsafeRawBufferPointer(rebasing: bytes[start..<ends[index]]),
          UnsafeRawBufferPointer(rebasing: bytes[ends[index]..<ends[index + 1]]))
        start = ends[index + 1]
      }
    }
  }
}

extension RowBatch {
  /// The row with a number in the order of adding.
  func withRow<Result>(
    _ index: Int, _ body: (_ key: UnsafeRawBufferPointer, _ row: UnsafeRawBufferPointer) throws -> Result
  ) rethrows -> Result {
    try bytes.bytes.withUnsafeBytes { bytes in
      let start = index == 0 ? 0 : ends[2 * index - 1]
      return try body(
        UnsafeRawBufferPointer(rebasing: bytes[start..<ends[2 * index]]),
        UnsafeRawBufferPointer(rebasing: bytes[ends[2 * index]..<ends[2 * index + 1]]))
    }
  }
}

extension GenerationWriter {
  /// Adds rows behind all others of their table.
  mutating func append(_ batch: RowBatch) throws {
    if let tag = batch.tag { checkpoint.digests[tag].add(batch.digest) }
    try batch.forEach { key, row in try appendIndex(row, forKey: key, in: batch.table) }
  }
}
