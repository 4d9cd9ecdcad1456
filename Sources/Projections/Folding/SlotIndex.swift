/// Finds the slot of a key in an array: open addressing with linear probing (Knuth, The Art of Computer Programming,
/// volume 3, section 6.4, algorithm L), for keys whose hash is uniform already.
///
/// A cell holds 32 bits of the hash and the slot, so that other keys are hardly ever looked at.
struct SlotIndex {
  /// The slot plus one in the low half, 0 in a cell that is free.
  private var cells = [UInt64](repeating: 0, count: 64)
  private var count = 0

  private var mask: Int { cells.count - 1 }
  private static func tag(_ hash: UInt64) -> UInt64 { hash & 0xFFFF_FFFF_0000_0000 }

  /// The slot of the key with this hash for which `isKey` holds. O(1) expected.
  func find(_ hash: UInt64, _ isKey: (Int) -> Bool) -> Int? {
    var cell = Int(truncatingIfNeeded: hash) & mask
    while cells[cell] != 0 {
      let slot = Int(truncatingIfNeeded: cells[cell] & 0xFFFF_FFFF) - 1
      if Self.tag(cells[cell]) == Self.tag(hash), isKey(slot) { return slot }
      cell = (cell + 1) & mask
    }
    return nil
  }

  /// Adds the next slot, for a key that is not there. `hashOf` gives the hash of an earlier slot. O(1) amortised.
  mutating func append(_ hash: UInt64, hashOf: (Int) -> UInt64) {
    if (count + 1) * 2 > cells.count { grow(hashOf) }
    insert(hash, slot: count)
    count += 1
  }

  private mutating func grow(_ hashOf: (Int) -> UInt64) {
    cells = [UInt64](repeating: 0, count: cells.count * 2)
    for slot in 0..<count { insert(hashOf(slot), slot: slot) }
  }

  private mutating func insert(_ hash: UInt64, slot: Int) {
    var cell = Int(truncatingIfNeeded: hash) & mask
    while cells[cell] != 0 { cell = (cell + 1) & mask }
    cells[cell] = Self.tag(hash) | UInt64(slot + 1)
  }

  /// Forgets all keys, and keeps the room for as many.
  mutating func removeAll() {
    for cell in cells.indices { cells[cell] = 0 }
    count = 0
  }
}
