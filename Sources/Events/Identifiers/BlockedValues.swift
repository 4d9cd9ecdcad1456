/// A set of values that name nobody, compared without regard to ASCII case.
///
/// A hash table over one array of bytes: a lookup allocates nothing, and most values are let through by their length alone.
struct BlockedValues: Equatable, Sendable {
  /// Per slot the entry number, or -1.
  private var slots: [Int32]
  /// Entry n is bytes[starts[n]..<starts[n + 1]].
  private var starts: [Int32] = [0]
  private var bytes: [UInt8] = []
  /// Bit n: there is an entry of n bytes; bit 63 stands for 63 and more.
  private var lengths: UInt64 = 0

  /// Takes entries in lower case. Entries that repeat are harmless.
  init(_ entries: [[UInt8]]) {
    var slotCount = 8
    while slotCount < entries.count * 2 { slotCount *= 2 }
    slots = Array(repeating: -1, count: slotCount)
    for entry in entries {
      insert(entry)
    }
  }

  private mutating func insert(_ entry: [UInt8]) {
    let slot = entry.withUnsafeBufferPointer { self.slot(of: $0) }
    guard slots[slot] < 0 else { return }
    slots[slot] = Int32(starts.count - 1)
    bytes += entry
    starts.append(Int32(bytes.count))
    lengths |= Self.lengthBit(entry.count)
  }

  /// Whether the value is an entry, empty, or a run of '0' and '-'. O(n).
  func contains(_ value: UnsafeBufferPointer<UInt8>) -> Bool {
    if value.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }) { return true }
    guard lengths & Self.lengthBit(value.count) != 0 else { return false }
    return slots[slot(of: value)] >= 0
  }

  private static func lengthBit(_ length: Int) -> UInt64 { 1 &<< UInt64(min(length, 63)) }

  /// The slot that holds the value, or the free one where it would go. The table is never more than half full.
  private func slot(of value: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = Int(truncatingIfNeeded: Self.hash(value)) & (slots.count - 1)
    while slots[slot] >= 0, !isEqual(Int(slots[slot]), value) { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private func isEqual(_ entry: Int, _ value: UnsafeBufferPointer<UInt8>) -> Bool {
    let start = Int(starts[entry])
    guard Int(starts[entry + 1]) - start == value.count else { return false }
    for index in 0..<value.count where bytes[start + index] != value[index].loweredASCII { return false }
    return true
  }

  /// FNV-1a, 64 bits (Fowler, Noll, Vo), over the bytes in lower case.
  private static func hash(_ value: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in value { hash = (hash ^ UInt64(byte.loweredASCII)) &* 0x100_0000_01B3 }
    return hash ^ (hash >> 32)
  }
}

extension UInt8 {
  /// 'a' for 'A'; every other byte as it is.
  var loweredASCII: UInt8 { self &- UInt8(ascii: "A") < 26 ? self | 0x20 : self }
}
