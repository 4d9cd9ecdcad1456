/// A 128-bit hash value. Orders and prints as the big-endian number.
///
/// Public and inlinable because whole tables are keyed by it, and the compiler (Swift 6.3) inlines nothing across
/// modules that is `package`.
public struct Hash128: Hashable, Comparable, Sendable, CustomStringConvertible {
  public let high: UInt64
  public let low: UInt64

  @inlinable public init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }

  @inlinable public static func < (a: Self, b: Self) -> Bool {
    a.high != b.high ? a.high < b.high : a.low < b.low
  }

  @inlinable public static func == (a: Self, b: Self) -> Bool { a.high == b.high && a.low == b.low }

  /// The hash is uniform already, so one word of it is enough for a hash table.
  @inlinable public func hash(into hasher: inout Hasher) { hasher.combine(low) }

  /// 32 hexadecimal digits.
  public var description: String { hexadecimal(high) + hexadecimal(low) }

  private func hexadecimal(_ word: UInt64) -> String {
    let digits = String(word, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
