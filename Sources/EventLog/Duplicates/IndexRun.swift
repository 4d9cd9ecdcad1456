import BinaryCoding
import KeyValueStore

/// A sorted, immutable run of entries: a head with its lowest position and the first hash of each chunk, and chunks that fill whole pages.
///
/// A key is the run's number in its upper half and the chunk's, from 1, in the lower; chunk 0 is the head.
struct IndexRun: Equatable {
  /// 407 entries of 10 bytes and the checksum fill an overflow page of LMDB (4096 - 16) but for 2 bytes.
  static let chunkEntriesMax = 407

  let number: UInt32
  let count: Int

  var chunkCount: Int { (count + Self.chunkEntriesMax - 1) / Self.chunkEntriesMax }

  /// The key of the head.
  var headKey: UInt64 { UInt64(number) << 32 }

  /// The key of a chunk, counted from 0.
  func key(ofChunk chunk: Int) -> UInt64 { headKey + UInt64(chunk) + 1 }

  /// The places in the run whose entries a chunk holds.
  func range(ofChunk chunk: Int) -> Range<Int> {
    (chunk * Self.chunkEntriesMax)..<min((chunk + 1) * Self.chunkEntriesMax, count)
  }

  /// Writes a run whose number is above all others of the table. `entries` are sorted.
  static func write(
    _ entries: [IndexEntry], number: UInt32, to table: Table, in transaction: inout WriteTransaction
  ) throws(LogError) -> IndexRun {
    let run = IndexRun(number: number, count: entries.count)
    let lowest = entries.reduce(Position.max) { min($0, $1.position) }
    var head = ByteWriter(capacity: run.chunkCount * 8 + 8)
    head.fixed(lowest)
    for chunk in 0..<run.chunkCount { head.fixed(entries[run.range(ofChunk: chunk).lowerBound].hash) }
    try append(head.bytes, under: run.headKey, to: table, in: &transaction)
    for chunk in 0..<run.chunkCount {
      let content = packed(entries[run.range(ofChunk: chunk)], lowest: lowest)
      try append(content, under: run.key(ofChunk: chunk), to: table, in: &transaction)
    }
    return run
  }

  private static func append(
    _ content: [UInt8], under number: UInt64, to table: Table, in transaction: inout WriteTransaction
  ) throws(LogError) {
    let (key, record) = (EventLog.key(number), Record.sealed(content, key: number))
    do { try transaction.append(record.span.bytes, forKey: key.span.bytes, in: table) } catch { throw .store(error) }
  }

  private static func packed(_ entries: ArraySlice<IndexEntry>, lowest: Position) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: entries.count * IndexEntry.byteCount) { buffer, count in
      let raw = UnsafeMutableRawBufferPointer(buffer)
      for entry in entries {
        raw.storeBytes(of: UInt32(truncatingIfNeeded: entry.hash).littleEndian, toByteOffset: count, as: UInt32.self)
        raw.storeBytes(of: UInt16(entry.hash >> 32).littleEndian, toByteOffset: count + 4, as: UInt16.self)
        // A run spans far fewer positions than 2^32: merges are bounded, and runs that are merged are neighbours.
        raw.storeBytes(of: UInt32(entry.position - lowest).littleEndian, toByteOffset: count + 6, as: UInt32.self)
        count += IndexEntry.byteCount
      }
    }
  }

  /// Removes the run. O(chunks log n).
  func delete(from table: Table, in transaction: inout WriteTransaction) throws(LogError) {
    for number in headKey...(headKey + UInt64(chunkCount)) {
      let key = EventLog.key(number)
      do { _ = try transaction.delete(key: key.span.bytes, in: table) } catch { throw .store(error) }
    }
  }
}
