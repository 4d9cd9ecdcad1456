/// A hash of member names for tables that a schema fixes. It looks at the length and four bytes only.
///
/// Not for tables filled from outside: whoever sends events cannot put names into these, so no attack makes them slow.
@inline(__always)
func nameHash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
  let count = name.count
  guard count > 0 else { return 0 }
  var hash = UInt32(truncatingIfNeeded: count)
  hash = hash &* 31 &+ UInt32(name[0])
  hash = hash &* 31 &+ UInt32(name[count / 3])
  hash = hash &* 31 &+ UInt32(name[count * 2 / 3])
  hash = hash &* 31 &+ UInt32(name[count - 1])
  return Int(hash &* 0x9E37_79B1 >> 16)
}
