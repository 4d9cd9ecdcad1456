package import Identity

/// A row that two generations have differently, or only one of them has. Valid while it is lent.
package struct RowDifference {
  /// The table.
  package let tag: RowTag
  package let key: UnsafeRawBufferPointer
  /// The rows; nil where the generation has none of this key. A timeline stands for all rows of its subject.
  package let before: UnsafeRawBufferPointer?
  package let after: UnsafeRawBufferPointer?

  /// The key as that of an identifier, for tables that are keyed so.
  package var identifier: IdentifierKey { StoredKey.identifier(key) }

  /// The key in hexadecimal digits.
  package var keyText: String {
    key.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
