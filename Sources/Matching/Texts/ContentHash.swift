/// A hash of what was fed to it, the same on every machine: FNV-1a of 64 bits (Fowler, Noll and Vo) with the finishing
/// rounds of SplitMix64, so that each part of the result is well mixed. Not for adversaries: equal hashes only cost a
/// comparison in vain.
struct ContentHash {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  init() {}

  mutating func feed(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

  mutating func feed(_ number: UInt64) {
    for shift in stride(from: 0, to: 64, by: 8) { feed(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
  }

  mutating func feed(_ text: String) {
    for byte in text.utf8 { feed(byte) }
  }

  var value: UInt64 {
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// 32 bits that are never zero, so that zero can mean "nothing".
  var short: UInt32 { max(1, UInt32(truncatingIfNeeded: value)) }
}
