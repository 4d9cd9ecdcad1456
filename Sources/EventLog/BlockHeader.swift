import BinaryCoding
import Hashing

/// The head of a sealed block: how its payload is to be read, and the chain digest after it.
///
/// Behind it stand the UUIDs that were taken out of the documents, then one compressed frame: the table of lengths and
/// receipt times, and the documents, packed where there are UUIDs (see ``UUIDPacking``).
struct BlockHeader {
  static let byteCount = 52
  private static let version: UInt8 = 1
  private static let codecZstandard: UInt8 = 1

  let count: Int
  let tableBytes: Int
  /// Of the documents as they are, each with its newline.
  let contentBytes: Int
  /// Of the documents as they are in the frame.
  let textBytes: Int
  let uuidBytes: Int
  let chain: BLAKE2b.Digest

  var payloadBytes: Int { tableBytes + textBytes }
  /// Without UUIDs the text is the content.
  var isPacked: Bool { uuidBytes > 0 }

  init(
    count: Int, tableBytes: Int, contentBytes: Int, textBytes: Int, uuidBytes: Int, chain: BLAKE2b.Digest
  ) {
    self.count = count
    self.tableBytes = tableBytes
    self.contentBytes = contentBytes
    self.textBytes = textBytes
    self.uuidBytes = uuidBytes
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
    writer.fixed(UInt32(textBytes))
    writer.fixed(UInt32(uuidBytes))
    writer.raw(chain.bytes)
    return writer.bytes
  }

  /// Reads the head of a block's content.
  init(_ content: UnsafeRawBufferPointer) throws(CodingError) {
    try self.init(prefix: content)
    guard uuidBytes <= content.count - Self.byteCount else {
      throw CodingError("the lengths in a block's head contradict each other")
    }
  }

  /// Reads the head of a block of which more may follow than is there.
  init(prefix content: UnsafeRawBufferPointer) throws(CodingError) {
    var reader = ByteReader(content)
    guard try reader.byte() == Self.version, try reader.byte() == Self.codecZstandard else {
      throw CodingError("the block has an unknown version or compression")
    }
    count = Int(try reader.fixed(UInt16.self))
    tableBytes = Int(try reader.fixed(UInt32.self))
    contentBytes = Int(try reader.fixed(UInt32.self))
    textBytes = Int(try reader.fixed(UInt32.self))
    uuidBytes = Int(try reader.fixed(UInt32.self))
    chain = BLAKE2b.Digest(bytes: Array(try reader.raw(BLAKE2b.Digest.byteCount)))
    guard isPacked || textBytes == contentBytes else {
      throw CodingError("the lengths in a block's head contradict each other")
    }
    guard max(payloadBytes, contentBytes) <= LogFormat.blockContentMax else {
      throw CodingError("the block claims to hold more than a block can")
    }
  }
}
