/// Unsigned integers as keys. Big-endian bytes sort as the numbers do, which little-endian ones do not.
extension UInt64 {
  /// Lends the 8 bytes of this number, most significant first, on the stack. O(1), no allocation.
  package func withBigEndianBytes<R: ~Copyable, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
    try withUnsafeBytes(of: bigEndian) { bytes throws(E) in try body(bytes.bytes) }
  }

  /// The number that the first 8 bytes stand for, most significant first; nil if there are fewer.
  package init?(bigEndianBytes bytes: RawSpan) {
    guard bytes.byteCount >= MemoryLayout<UInt64>.size else { return nil }
    self = UInt64(bigEndian: bytes.unsafeLoadUnaligned(as: UInt64.self))
  }
}

extension UInt32 {
  /// Lends the 4 bytes of this number, most significant first, on the stack. O(1), no allocation.
  package func withBigEndianBytes<R: ~Copyable, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
    try withUnsafeBytes(of: bigEndian) { bytes throws(E) in try body(bytes.bytes) }
  }

  /// The number that the first 4 bytes stand for, most significant first; nil if there are fewer.
  package init?(bigEndianBytes bytes: RawSpan) {
    guard bytes.byteCount >= MemoryLayout<UInt32>.size else { return nil }
    self = UInt32(bigEndian: bytes.unsafeLoadUnaligned(as: UInt32.self))
  }
}

/// A 16-byte composite key: two numbers, ordered by the first and then by the second.
package struct BigEndianKey: Equatable, Hashable, Sendable {
  package let first: UInt64
  package let second: UInt64

  package init(_ first: UInt64, _ second: UInt64) {
    self.first = first
    self.second = second
  }

  /// The key that 16 bytes stand for; nil if there are fewer.
  package init?(bytes: RawSpan) {
    guard bytes.byteCount >= 2 * MemoryLayout<UInt64>.size else { return nil }
    first = UInt64(bigEndian: bytes.unsafeLoadUnaligned(as: UInt64.self))
    second = UInt64(bigEndian: bytes.unsafeLoadUnaligned(fromByteOffset: 8, as: UInt64.self))
  }

  /// Lends the 16 bytes on the stack. O(1), no allocation.
  package func withBytes<R: ~Copyable, E: Error>(_ body: (RawSpan) throws(E) -> R) throws(E) -> R {
    try withUnsafeBytes(of: (first.bigEndian, second.bigEndian)) { bytes throws(E) in try body(bytes.bytes) }
  }
}
