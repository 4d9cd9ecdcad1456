// Public, because the inlinable comparison below calls it from other modules.
public import Glibc

extension UnsafeBufferPointer where Element == UInt8 {
  /// Byte-wise equality. O(count).
  @inlinable public func hasSameBytes(as other: UnsafeBufferPointer<UInt8>) -> Bool {
    guard count == other.count else { return false }
    guard count > 0, let mine = baseAddress, let theirs = other.baseAddress else { return true }
    return memcmp(mine, theirs, count) == 0
  }

  /// Whether the bytes spell a literal. O(count).
  @inlinable public func spells(_ literal: StaticString) -> Bool {
    literal.withUTF8Buffer { hasSameBytes(as: $0) }
  }
}
