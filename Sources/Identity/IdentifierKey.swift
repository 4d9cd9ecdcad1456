package import Events
package import Hashing

/// The stored key of an identifier: a 128-bit hash of its type and value.
///
/// Rows carry the identifier itself, so a collision would be noticed and never merge two people.
package struct IdentifierKey: Hashable, Comparable, Sendable {
  package static let byteCount = 16
  package let hash: Hash128

  package init(_ hash: Hash128) { self.hash = hash }

  package init(_ identifier: Identifier) {
    let bytes = Array(identifier.type.utf8) + [0] + Array(identifier.value.utf8)
    hash = bytes.withUnsafeBytes { XXH3.hash128($0) }
  }

  package static func < (a: Self, b: Self) -> Bool { a.hash < b.hash }
}
