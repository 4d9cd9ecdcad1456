import Hashing

/// The hash under which the duplicate index knows an event: 48 bits of XXH3-64 of source, a zero byte, and id.
///
/// It only nominates events that may be the same, so a few bits are enough: among a billion events one look-up in three
/// hundred thousand compares an event in vain.
package enum IdentityHash {
  package static let bits: UInt64 = 48

  /// O(count).
  package static func of(_ sourceZeroID: UnsafeRawBufferPointer) -> UInt64 {
    XXH3.hash64(sourceZeroID) >> (64 - bits)
  }
}
