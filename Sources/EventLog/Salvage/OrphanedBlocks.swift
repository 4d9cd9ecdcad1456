import Compression
import KeyValueStore

/// Sealed blocks that lie whole in pages of their own, while the row that named them is gone.
///
/// What is missing is the position, but it is the seed of the checksum: a guess is right exactly if the checksum is. Blocks follow
/// each other, so the guesses are where a gap among the known positions begins, and where the block would end with the gap. As
/// most blocks hold as many events as a block can, so do the guesses in between.
struct OrphanedBlocks {
  private struct Orphan {
    let place: PageScan.Place
    let count: UInt64
  }

  /// So many are made from either end of a gap: each takes as long as the checksum of the block.
  private static let guessesMax = 1 << 16

  private var orphans: [Orphan] = []

  /// How many events they hold.
  var eventCount: UInt64 { orphans.reduce(0) { $0 + $1.count } }

  /// Looks for blocks that `records` do not have. O(file).
  init(_ scan: borrowing PageScan, without records: SalvagedRecords) {
    let known = Set(records.blocks.values.joined().map(\.place.offset))
    var starts: [Int] = []
    scan.forEachPageContent { content, offset in
      let head = UnsafeRawBufferPointer(rebasing: content[Record.checksumBytes...])
      if !known.contains(offset), Self.header(head) != nil { starts.append(offset) }
    }
    for start in starts { if let orphan = Self.orphan(at: start, in: scan) { orphans.append(orphan) } }
  }

  /// Places orphans in the gaps between known positions until none fits any more. `last` is the newest position.
  mutating func place(into records: inout SalvagedRecords, through last: Position, _ scan: borrowing PageScan) {
    let decompressor = ZstandardDecompressor()
    var placed = true
    while placed, !orphans.isEmpty {
      placed = false
      let gaps = records.gaps(through: last)
      orphans.removeAll { orphan in
        guard let batch = Self.batch(orphan, in: gaps, scan, decompressor) else { return false }
        records.note(batch, orphan.place)
        placed = true
        return true
      }
    }
  }

  private static func batch(
    _ orphan: Orphan, in gaps: [ClosedRange<Position>], _ scan: borrowing PageScan,
    _ decompressor: ZstandardDecompressor
  ) -> LogBatch? {
    guard let bytes = scan.read(orphan.place) else { return nil }
    return bytes.withUnsafeBytes { bytes in
      for gap in gaps {
        for first in guesses(gap, orphan.count) {
          guard let content = Record.content(of: bytes, key: first) else { continue }
          // With a right checksum it decodes, unless it is a value of another table that only looks like a block.
          return try? LogBatch(sealed: content, first: first, with: decompressor)
        }
      }
      return nil
    }
  }

  /// Where in a gap a block of so many events may begin.
  private static func guesses(_ gap: ClosedRange<Position>, _ count: UInt64) -> [Position] {
    let room = UInt64(gap.count)
    guard count <= room else { return [] }
    let steps = stride(from: 0, through: Int(room - count), by: LogFormat.blockEventsMax).prefix(guessesMax).map(
      UInt64.init)
    return steps.map { gap.lowerBound + $0 } + steps.map { gap.upperBound + 1 - count - $0 }
  }

  /// The head of a block, where bytes look like one.
  private static func header(_ content: UnsafeRawBufferPointer) -> BlockHeader? {
    guard let header = try? BlockHeader(prefix: content), header.isPlausible else { return nil }
    return header
  }

  private static func orphan(at start: Int, in scan: borrowing PageScan) -> Orphan? {
    let headBytes = Record.checksumBytes + BlockHeader.byteCount
    guard let head = scan.read(PageScan.Place(offset: start, byteCount: headBytes)),
      let header = head.withUnsafeBytes({ header(UnsafeRawBufferPointer(rebasing: $0[Record.checksumBytes...])) })
    else { return nil }
    let frame = start + headBytes + header.uuidBytes
    let frameBytesMax = min(scan.fileBytes - frame, Zstandard.frameBytesMax(ofContent: header.payloadBytes))
    guard let bytes = scan.read(PageScan.Place(offset: frame, byteCount: frameBytesMax)),
      let frameBytes = bytes.withUnsafeBytes({ Zstandard.frameBytes($0) })
    else { return nil }
    let place = PageScan.Place(offset: start, byteCount: frame + frameBytes - start)
    return Orphan(place: place, count: UInt64(header.count))
  }
}

extension BlockHeader {
  /// Whether a block can have such a head.
  fileprivate var isPlausible: Bool {
    let textMax = LogFormat.blockBytesMax * 2
    return (1...LogFormat.blockEventsMax).contains(count) && tableBytes >= 2 * count && tableBytes <= 20 * count
      && contentBytes >= 2 * count && contentBytes <= textMax && textBytes <= contentBytes
      && uuidBytes <= contentBytes && uuidBytes % 16 == 0
  }
}
