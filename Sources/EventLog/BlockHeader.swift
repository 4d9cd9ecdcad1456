import BinaryCoding
import Hashing

/// The head of a sealed block: how its payload is to be read, and the chain digest after it.
///
/// The payload is the table of lengths and receipt times followed by the documents, in one compressed frame.
struct BlockHeader {
  static let byteCount = 44
  private static let version: UInt8 = 1
  private static let codecZstandard: UInt8 = 1

  let count: Int
  let tableBytes: Int
  let contentBytes: Int
  let chain: BLAKE2b.Digest

  var payloadBytes: Int { tableBytes + contentBytes }

  init(count: Int, tableBytes: Int, contentBytes: Int, chain: BLAKE2b.Digest) {
    self.count = count
    self.tableBytes = tableBytes
    self.contentBytes = contentBytes
    self.chain = chain
  }

  /// The stored form.
  func encoded() -> [UInt8] {
    var writer = ByteWriter(capacity: Self.byteCount)
    writer.byte(Self.version)
    writer.byte(Self.codecZstandard)
    writer.fixed(UInt16(count))
    writer.fixed(UInt32(tableBytes))
    writer.fixed(UInt32(contentBytes))
    writer.raw(chain.bytes)
    return writer.bytes
  }

  /// Reads the head of a block's content.
  init(_ content: UnsafeRawBufferPointer) throws(CodingError) {
    var reader = ByteReader(content)
    guard try reader.byte() == Self.version, try reader.byte() == Self.codecZstandard else {
      throw CodingError("the block has an unknown version or compression")
    }
    count = Int(try reader.fixed(UInt16.self))
    tableBytes = Int(try reader.fixed(UInt32.self))
    contentBytes = Int(try reader.fixed(UInt32.self))
    chain = BLAKE2b.Digest(bytes: Array(try reader.raw(BLAKE2b.Digest.byteCount)))
  }
}
