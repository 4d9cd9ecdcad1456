extension JSONValue {
  /// Equality of meaning: object members in any order, strings by content, numbers by value.
  ///
  /// Numbers whose text differs are handed to `sameNumber`. O(n) for arrays, O(n²) in the members of one object.
  package func isEquivalent(
    to other: JSONValue, sameNumber: (UnsafeBufferPointer<UInt8>, UnsafeBufferPointer<UInt8>) -> Bool
  ) -> Bool {
    guard kind == other.kind, count == other.count else { return false }
    switch kind {
    case .null, .true, .false: return true
    case .string: return bytes.hasSameBytes(as: other.bytes)
    case .number: return bytes.hasSameBytes(as: other.bytes) || sameNumber(bytes, other.bytes)
    case .array:
      return zip(elements, other.elements).allSatisfy { $0.isEquivalent(to: $1, sameNumber: sameNumber) }
    case .object:
      return members.allSatisfy { key, value in
        other.member(named: key.bytes)?.isEquivalent(to: value, sameNumber: sameNumber) ?? false
      }
    }
  }
}
