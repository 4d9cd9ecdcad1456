package import Hashing

/// The stored key of an order, ticket, message or credit: the 128-bit XXH3 hash of its id, seeded with its kind.
///
/// Rows carry the id itself, so a collision is noticed.
package struct EntityKey: Hashable, Comparable, Sendable {
  package static let byteCount = 16
  package let kind: EntityKind
  package let hash: Hash128

  package init(kind: EntityKind, hash: Hash128) {
    self.kind = kind
    self.hash = hash
  }

  /// O(bytes), no allocation.
  package init(_ kind: EntityKind, id: UnsafeBufferPointer<UInt8>) {
    self.kind = kind
    hash = XXH3.hash128(UnsafeRawBufferPointer(id), seed: UInt64(kind.rawValue))
  }

  package init(_ kind: EntityKind, id: String) {
    var id = id
    self = id.withUTF8 { EntityKey(kind, id: $0) }
  }

  /// By kind, then hash.
  package static func < (a: Self, b: Self) -> Bool {
    a.kind != b.kind ? a.kind.rawValue < b.kind.rawValue : a.hash < b.hash
  }
}
