import Compression
import Events
import Hashing

/// The events behind the last sealed block: documents, each with a newline, and when each was received.
struct OpenBlock {
  private(set) var content: [UInt8] = []
  private(set) var table = LengthTable()

  var count: Int { table.count }
  var isFull: Bool { count >= LogFormat.blockEventsMax || content.count >= LogFormat.blockBytesMax }

  /// Adds a document, which is one line. O(bytes).
  mutating func append(_ document: UnsafeRawBufferPointer, received: Instant) {
    content.append(contentsOf: document)
    content.append(0x0A)
    table.append(end: content.count, received: received)
  }

  /// Empties the block and keeps its storage for the next one.
  mutating func removeAll() {
    content.removeAll(keepingCapacity: true)
    table.removeAll()
  }

  /// The digest after these events where `chain` is the one before them: unchanged if there are none. O(bytes).
  func digest(after chain: BLAKE2b.Digest) -> BLAKE2b.Digest {
    count == 0 ? chain : content.withUnsafeBytes { BLAKE2b.chained($0, to: chain) }
  }

  /// The stored form of the block that begins at `first`. O(bytes).
  func sealed(
    first: Position, chain: BLAKE2b.Digest, with compressor: ZstandardCompressor
  ) throws(CompressionError) -> [UInt8] {
    var payload = table.encoded()
    let tableBytes = payload.count
    var uuids: [UInt8] = []
    let isPacked = content.withUnsafeBytes { UUIDPacking.pack($0, text: &payload, uuids: &uuids) }
    if !isPacked { payload.append(contentsOf: content) }
    var block = BlockHeader(
      count: count, tableBytes: tableBytes, contentBytes: content.count, textBytes: payload.count - tableBytes,
      uuidBytes: uuids.count, chain: chain
    ).encoded()
    block.append(contentsOf: uuids)
    try payload.span.bytes.withUnsafeBytes { (payload) throws(CompressionError) in
      try compressor.compress(payload, appendingTo: &block)
    }
    return Record.sealed(block, key: first)
  }
}

extension BLAKE2b {
  /// One link of a digest chain: BLAKE2b(previous digest, content). O(content).
  static func chained(_ content: UnsafeRawBufferPointer, to previous: Digest) -> Digest {
    var hash = BLAKE2b()
    hash.update(previous)
    hash.update(content)
    return hash.finish()
  }
}
