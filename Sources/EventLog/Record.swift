import Hashing

/// The form that all stored values share: a checksum, then the content.
///
/// The checksum is XXH3-64 of the content, seeded with the number that is the value's key. So a flipped bit does not
/// pass, and neither does a value that was moved to another key. LMDB 0.9 has no checksums of its own.
enum Record {
  static let checksumBytes = 8

  /// The stored form of `content`. O(content).
  static func sealed(_ content: [UInt8], key: UInt64) -> [UInt8] {
    var record: [UInt8] = []
    record.reserveCapacity(checksumBytes + content.count)
    let checksum = content.withUnsafeBytes { XXH3.hash64($0, seed: key) }
    withUnsafeBytes(of: checksum.littleEndian) { record.append(contentsOf: $0) }
    record.append(contentsOf: content)
    return record
  }

  /// The content of a stored value, or nil if the checksum does not match. O(content).
  static func content(of record: UnsafeRawBufferPointer, key: UInt64) -> UnsafeRawBufferPointer? {
    guard record.count >= checksumBytes else { return nil }
    let content = UnsafeRawBufferPointer(rebasing: record[checksumBytes...])
    let checksum = UInt64(littleEndian: record.loadUnaligned(as: UInt64.self))
    return checksum == XXH3.hash64(content, seed: key) ? content : nil
  }
}
