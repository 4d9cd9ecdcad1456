import BinaryCoding
import Compression

/// A sealed block in its parts, as docs/formats/log.md describes it.
struct StoredBlock {
  private static let headBytes = 52

  /// With the UUIDs that stand behind it.
  let head: [UInt8]
  /// The table of lengths and the documents, before they are compressed.
  let payload: [UInt8]

  /// - Parameters:
  ///   - documents: what the frame holds, each with its line feed.
  ///   - lengths: of the documents as they are, with their line feeds.
  private init(_ documents: String, lengths: [Int], uuids: [UInt8] = []) {
    var table = ByteWriter(capacity: 16)
    for length in lengths {
      table.count(length)
      table.signed(1)
    }
    var head = ByteWriter(capacity: Self.headBytes)
    for version in [1, 1] as [UInt8] { head.byte(version) }
    head.fixed(UInt16(lengths.count))
    for count in [table.bytes.count, lengths.reduce(0, +), documents.utf8.count, uuids.count] {
      head.fixed(UInt32(count))
    }
    head.raw([UInt8](repeating: 7, count: 32))
    self.head = head.bytes + uuids
    payload = table.bytes + Array(documents.utf8)
  }

  /// One without UUIDs, and one in which the same stands twice.
  static let examples = [
    StoredBlock("{\"a\":1}\n{}\n", lengths: [8, 3]),
    StoredBlock(
      "{\"id\":\"\u{1}\u{0}\"}\n{\"id\":\"\u{1}\u{1}\"}\n", lengths: [46, 46],
      uuids: [UInt8](repeating: 0xAB, count: 16)),
  ]

  /// The content of its record.
  func content() throws -> [UInt8] {
    var content = head
    try payload.withUnsafeBytes { try ZstandardCompressor().compress($0, appendingTo: &content) }
    return content
  }

  /// Where the frame begins by the head; nil where the bytes do not reach so far.
  static func payloadStart(_ block: [UInt8]) -> Int? {
    guard block.count >= headBytes else { return nil }
    let uuidBytes = block[16..<20].reversed().reduce(0) { $0 << 8 | Int($1) }
    return block.count >= headBytes + uuidBytes ? headBytes + uuidBytes : nil
  }
}
