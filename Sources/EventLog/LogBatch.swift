import BinaryCoding
package import Compression
package import Events
import Hashing
import JSON

/// One event as the log holds it. The document borrows from its batch.
package struct LoggedEvent {
  package let position: Position
  package let received: Instant
  /// The canonical JSON; at least `JSONParser.padding` readable bytes follow ``documentBytes`` of them.
  package let padded: UnsafeBufferPointer<UInt8>
  package let documentBytes: Int

  package var document: UnsafeBufferPointer<UInt8> { UnsafeBufferPointer(rebasing: padded[..<documentBytes]) }
}

/// Consecutive events, decompressed and owned.
package struct LogBatch {
  package let first: Position
  /// The chain digest that a sealed block carries; nil for events of the tail.
  let chain: BLAKE2b.Digest?
  private let bytes: [UInt8]
  private let contentStart: Int
  private let table: LengthTable

  package var count: Int { table.count }
  package var last: Position { first + UInt64(count) - 1 }

  /// All documents of the batch, each followed by a newline: NDJSON.
  package func withContent<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try bytes.withUnsafeBytes {
      try body(UnsafeRawBufferPointer(rebasing: $0[contentStart..<(contentStart + (table.ends.last ?? 0))]))
    }
  }

  /// Calls `body` for the events from `lower` to `upper` in order. O(events called with).
  package func forEach(
    from lower: Position = 0, through upper: Position = .max, _ body: (LoggedEvent) throws -> Void
  ) rethrows {
    guard count > 0, lower <= last, upper >= first, lower <= upper else { return }
    try bytes.withUnsafeBufferPointer { buffer in
      for position in max(lower, first)...min(upper, last) {
        let index = Int(position - first)
        let document = table.document(index)
        try body(
          LoggedEvent(
            position: position, received: table.received[index],
            padded: UnsafeBufferPointer(rebasing: buffer[(contentStart + document.lowerBound)...]),
            documentBytes: document.count))
      }
    }
  }

  /// The events of the open block.
  init(open block: OpenBlock, first: Position) {
    self.first = first
    chain = nil
    bytes = block.content + [UInt8](repeating: 0x20, count: JSONParser.padding)
    contentStart = 0
    table = block.table
  }

  /// Decompresses the sealed block that begins at `first`, from the content of its record.
  package init(
    sealed content: UnsafeRawBufferPointer, first: Position, with decompressor: ZstandardDecompressor
  ) throws(LogError) {
    do {
      let header = try BlockHeader(content)
      let (uuids, frame) = (
        content[BlockHeader.byteCount...].prefix(header.uuidBytes),
        content[(BlockHeader.byteCount + header.uuidBytes)...]
      )
      let payload = try Self.payload(of: header, frame: UnsafeRawBufferPointer(rebasing: frame), with: decompressor)
      table = try payload.withUnsafeBytes { (payload) throws(CodingError) in
        try LengthTable(
          UnsafeRawBufferPointer(rebasing: payload[..<header.tableBytes]), count: header.count,
          contentBytes: header.contentBytes)
      }
      guard header.count > 0 else { throw CodingError("a block holds no events") }
      self.first = first
      chain = header.chain
      bytes = header.isPacked ? try Self.unpacked(payload, header, UnsafeRawBufferPointer(rebasing: uuids)) : payload
      contentStart = header.isPacked ? 0 : header.tableBytes
    } catch {
      throw .damaged(position: first, what: "\(error)")
    }
  }

  /// The documents with their UUIDs, and the padding that the JSON parser wants behind them.
  private static func unpacked(
    _ payload: [UInt8], _ header: BlockHeader, _ uuids: UnsafeRawBufferPointer
  ) throws(CodingError) -> [UInt8] {
    var isWhole = false
    let bytes = Self.padded(header.contentBytes) { bytes in
      payload.withUnsafeBytes { payload in
        isWhole = UUIDPacking.unpack(
          UnsafeRawBufferPointer(rebasing: payload[header.tableBytes..<header.payloadBytes]), uuids: uuids, into: bytes)
      }
    }
    guard isWhole else { throw CodingError("the UUIDs of a block do not fit its documents") }
    return bytes
  }

  /// The table of lengths and the documents, with the padding that the JSON parser wants behind them.
  private static func payload(
    of header: BlockHeader, frame: UnsafeRawBufferPointer, with decompressor: ZstandardDecompressor
  ) throws(CompressionError) -> [UInt8] {
    var failure: CompressionError?
    let bytes = Self.padded(header.payloadBytes) { buffer in
      do throws(CompressionError) { try decompressor.decompress(frame, into: buffer) } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }

  /// `count` bytes that `fill` writes, with blanks behind them. Where it fails, what it left must not be read.
  private static func padded(_ count: Int, _ fill: (UnsafeMutableRawBufferPointer) -> Void) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: count + JSONParser.padding) { buffer, initialized in
      fill(UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]))
      buffer[count...].update(repeating: 0x20)
      initialized = buffer.count
    }
  }
}
