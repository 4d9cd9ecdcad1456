/// A 128-bit hash value. Orders and prints as the big-endian number.
///
/// Inlinable, since whole tables are keyed by it.
package struct Hash128: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let high: UInt64
  package let low: UInt64

  @inlinable package init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  @inlinable package static func < (a: Self, b: Self) -> Bool {
    a.high != b.high ? a.high < b.high : a.low < b.low
  }

  @inlinable package static func == (a: Self, b: Self) -> Bool { a.high == b.high && a.low == b.low }

  /// The hash is uniform already, so one word of it is enough for a hash table.
  @inlinable package func hash(into hasher: inout Hasher) { hasher.combine(low) }

  /// 32 hexadecimal digits.
  package var description: String { hexadecimal(high) + hexadecimal(low) }

  private func hexadecimal(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
