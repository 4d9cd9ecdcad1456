import Compression
package import Events
import KeyValueStore

/// What can be read of a log file that is damaged, past LMDB: every block, event and quarantined document whose checksum is right,
/// wherever in the file it lies.
///
/// Nothing that was acknowledged and is whole is left out. Events that were never acknowledged, or documents that have left the
/// quarantine, may be among what is found, as old pages keep them; the same event may come twice. The file is not changed.
package struct Salvage: ~Copyable {
  /// The position of the newest event that the log is known to have had.
  package let last: Position
  /// Whether the log's own record of its end was found; else there may have been events behind ``last``.
  package let isEndKnown: Bool
  /// The positions of which nothing was found, in order.
  package let lost: [ClosedRange<Position>]

  private let scan: PageScan
  private let records: SalvagedRecords
  private let decompressor = ZstandardDecompressor()

  /// Looks through the whole file. O(file). Throws where it cannot be read at all.
  package init(path: String) throws(LogError) {
    do { scan = try PageScan(path: path) } catch { throw .store(error) }
    var records = SalvagedRecords(scan)
    let committed = Self.committedState(scan)
    isEndKnown = committed != nil
    var orphans = OrphanedBlocks(scan, without: records)
    let end = committed?.last ?? records.state?.last ?? 0
    orphans.place(into: &records, through: max(end, isEndKnown ? 0 : records.newestPosition + orphans.eventCount), scan)
    last = max(end, records.newestPosition)
    lost = records.gaps(through: last)
    self.records = records
  }

  /// The state of the log as of the last commit, where the way to it is whole. Old pages may hold former states.
  private static func committedState(_ scan: borrowing PageScan) -> LogState? {
    let key = EventLog.key(LogFormat.stateKey)
    return scan.committedValue(ofKey: key, inTable: LogFormat.metaTable)?.withUnsafeBytes { record in
      Record.content(of: record, key: LogFormat.stateKey).flatMap { LogState(salvaged: $0) }
    }
  }

  /// How many of the log's positions were found.
  package var foundCount: UInt64 { last - lost.reduce(0) { $0 + UInt64($1.count) } }
  package var blockCount: Int { records.blocks.count }
  package var rejectCount: Int { records.rejects.count }
  /// When the log was created, where that is known.
  package var created: Instant? { records.state?.created }

  /// Calls `body` with what was found, in the order of positions. O(log).
  package func forEachBatch(_ body: (LogBatch) throws -> Void) throws {
    let starts = Set(records.blocks.keys).union(records.tail.keys).sorted()
    for first in starts {
      for (place, _) in records.blocks[first] ?? [] {
        try withRecord(first, place) { try body(try LogBatch(sealed: $0, first: first, with: decompressor)) }
      }
      for place in records.tail[first] ?? [] {
        try withRecord(first, place) { content in
          guard let row = TailRow(content) else { return }
          var block = OpenBlock()
          block.append(row.document, received: row.received)
          try body(LogBatch(open: block, first: first))
        }
      }
    }
  }

  /// Calls `body` with the quarantined documents, in the order of their numbers.
  package func forEachReject(_ body: (Reject) throws -> Void) throws {
    for (number, places) in records.rejects.sorted(by: { $0.key < $1.key }) {
      for place in places { try withRecord(number, place) { try body(try EventLog.reject(number, $0)) } }
    }
  }

  /// Lends the content of a record that was found before.
  private func withRecord(_ key: UInt64, _ place: PageScan.Place, _ body: (UnsafeRawBufferPointer) throws -> Void)
    throws
  {
    guard let bytes = scan.read(place) else {
      throw LogError.damaged(position: key, what: "what was found of it could not be read a second time")
    }
    try bytes.withUnsafeBytes { bytes in
      if let content = Record.content(of: bytes, key: key) { try body(content) }
    }
  }
}

extension SalvagedRecords {
  var newestPosition: Position {
    max(
      blocks.map { first, found in first - 1 + UInt64(found.map(\.count).max() ?? 0) }.max() ?? 0, tail.keys.max() ?? 0)
  }

  /// The positions through `last` that neither a block nor the tail has, in order. O(n log n) in blocks and rows.
  func gaps(through last: Position) -> [ClosedRange<Position>] {
    var found = blocks.flatMap { first, found in found.map { first...(first - 1 + UInt64($0.count)) } }
    found += tail.keys.map { $0...$0 }
    var (gaps, next): ([ClosedRange<Position>], Position) = ([], 1)
    for range in found.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if range.lowerBound > next, next <= last { gaps.append(next...min(last, range.lowerBound - 1)) }
      next = max(next, range.upperBound + 1)
    }
    if next <= last { gaps.append(next...last) }
    return gaps
  }
}
