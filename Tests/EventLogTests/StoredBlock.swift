import Compression
import EventLog
import Testing

/// A sealed block without UUIDs, taken apart as docs/formats/log.md describes it.
struct StoredBlock {
  static let headBytes = 52

  var head: [UInt8]
  var table: [UInt8]
  var documents: [UInt8]

  /// Reads the content of a block's record.
  init(_ content: [UInt8]) throws {
    head = Array(content.prefix(Self.headBytes))
    let tableBytes = Int(head.number(at: 4, as: UInt32.self))
    let contentBytes = Int(head.number(at: 8, as: UInt32.self))
    var payload = [UInt8](repeating: 0, count: tableBytes + contentBytes)
    try content[Self.headBytes...].withUnsafeBytes { frame in
      try payload.withUnsafeMutableBytes { try ZstandardDecompressor().decompress(frame, into: $0) }
    }
    table = Array(payload.prefix(tableBytes))
    documents = Array(payload.dropFirst(tableBytes))
  }

  var count: Int { Int(head.number(at: 2, as: UInt16.self)) }

  /// The content of a record again.
  func content() throws -> [UInt8] {
    var content = head
    content.set(UInt32(table.count), at: 4)
    content.set(UInt32(documents.count), at: 8)
    content.set(UInt32(documents.count), at: 12)
    try (table + documents).withUnsafeBytes { try ZstandardCompressor().compress($0, appendingTo: &content) }
    return content
  }
}

extension StoredRows {
  /// Changes a block and gives it a checksum that matches.
  func forgeBlock(_ first: Position, _ change: (inout StoredBlock) -> Void) throws {
    try forge("blocks", first) { content in
      var block = try StoredBlock(content)
      change(&block)
      content = try block.content()
    }
  }
}
