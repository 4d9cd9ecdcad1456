package import Events
package import Hashing

/// The stored key of an identifier: the 128-bit XXH3 hash of its value, seeded with the 64-bit hash of its type's name.
///
/// Rows carry the identifier itself, so a collision is noticed and never merges two people.
package struct IdentifierKey: Hashable, Comparable, Sendable {
  package static let byteCount = 16
  package let hash: Hash128

  package init(_ hash: Hash128) { self.hash = hash }

  /// O(bytes), no allocation.
  package init(_ identifier: Identifier) {
    var (type, value) = (identifier.type, identifier.value)
    let seed = type.withUTF8 { Self.seed(ofType: $0) }
    self = value.withUTF8 { IdentifierKey(typeSeed: seed, value: $0) }
  }

  /// The key of a value whose type has the given seed. O(bytes), no allocation.
  package init(typeSeed: UInt64, value: UnsafeBufferPointer<UInt8>) {
    hash = XXH3.hash128(UnsafeRawBufferPointer(value), seed: typeSeed)
  }

  /// What the name of a type contributes to the keys of its values.
  package static func seed(ofType name: UnsafeBufferPointer<UInt8>) -> UInt64 {
    XXH3.hash64(UnsafeRawBufferPointer(name))
  }

  package static func < (a: Self, b: Self) -> Bool { a.hash < b.hash }
}
