/// A reproducible stream of random numbers: xoshiro256**, seeded through SplitMix64.
///
/// The standard library's generators promise no sequence; this one never changes, because the output of a simulation
/// is pinned by it. Source: Blackman and Vigna, "Scrambled Linear Pseudorandom Number Generators" (2021); Steele, Lea
/// and Flood, "Fast Splittable Pseudorandom Number Generators" (2014).
struct RandomSource {
  private var s0: UInt64
  private var s1: UInt64
  private var s2: UInt64
  private var s3: UInt64

  /// The streams of one seed are independent of one another.
  init(seed: UInt64, stream: Stream) {
    var state = mixed(mixed(seed) &+ stream.rawValue)
    func draw() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      return mixed(state)
    }
    (s0, s1, s2, s3) = (draw(), draw(), draw(), draw())
  }

  mutating func next() -> UInt64 {
    let result = rotated(s1 &* 5, by: 7) &* 9
    let shifted = s1 << 17
    s2 ^= s0
    s3 ^= s1
    s1 ^= s2
    s0 ^= s3
    s2 ^= shifted
    s3 = rotated(s3, by: 45)
    return result
  }

  /// A number from 0 to `limit` - 1, by multiplication; the bias is below limit / 2^64.
  mutating func below(_ limit: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(limit)).high)
  }

  mutating func between(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.upperBound - range.lowerBound + 1)
  }

  /// True in `perMille` of a thousand calls.
  mutating func chance(_ perMille: Int) -> Bool {
    below(1000) < perMille
  }
}

extension RandomSource {
  /// What a stream decides about. Streams are separate so that changing one share leaves the rest as it was.
  enum Stream: UInt64 {
    case behaviour = 1
    case people
    case wording
    case eventIds
    case sharing
    case junk
    case delivery
  }
}

/// SplitMix64's finaliser: a bijection that scatters neighbouring numbers.
func mixed(_ value: UInt64) -> UInt64 {
  var z = value
  z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
  z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
  return z ^ (z >> 31)
}

private func rotated(_ value: UInt64, by count: UInt64) -> UInt64 {
  (value << count) | (value >> (64 - count))
}
