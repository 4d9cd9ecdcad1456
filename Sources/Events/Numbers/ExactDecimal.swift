/// A decimal number without rounding: `significand` × 10^-`scale`.
///
/// Kept in canonical form, that is with the smallest scale that holds the value, so equality, order and hash are by value
/// (1.10 == 1.1) and the parts of equal numbers are equal. Not for measurements that need more than 38 digits or
/// exponents beyond 10^38: whatever does not fit exactly is refused, never rounded.
package struct ExactDecimal: Hashable, Sendable {
  /// The most digits that may follow the decimal point.
  package static let greatestScale = 30
  package static let zero = ExactDecimal(0)

  /// The digits, with the sign. Never `Int128.min`, so that every value has a negation.
  package let significand: Int128
  private let canonicalScale: UInt8

  /// The number of digits after the decimal point, 0...30; trailing zeros are never counted.
  package var scale: Int { Int(canonicalScale) }

  package init(_ integer: Int64) {
    significand = Int128(integer)
    canonicalScale = 0
  }

  /// significand × 10^-scale. The scale must lie in 0...30 and the significand must not be `Int128.min`.
  package init(significand: Int128, scale: Int) {
    precondition((0...Self.greatestScale).contains(scale), "the scale of an ExactDecimal lies in 0...30")
    precondition(significand != .min, "Int128.min has no negation")
    let (digits, smallestScale) = Self.withoutTrailingZeros(significand, scale)
    self.significand = digits
    canonicalScale = UInt8(smallestScale)
  }

  private static func withoutTrailingZeros(_ significand: Int128, _ scale: Int) -> (Int128, Int) {
    if significand == 0 { return (0, 0) }
    var digits = significand
    var scale = scale
    while scale > 0 {
      let (quotient, remainder) = dividedByTen(digits)
      if remainder != 0 { break }
      digits = quotient
      scale -= 1
    }
    return (digits, scale)
  }

  /// Division of 128 bits is a library call of some 20 ns, of 64 bits a few instructions.
  private static func dividedByTen(_ digits: Int128) -> (Int128, Int) {
    if let small = Int64(exactly: digits) { return (Int128(small / 10), Int(small % 10)) }
    let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
    return (quotient, Int(remainder))
  }
}

extension ExactDecimal {
  package var isInteger: Bool { scale == 0 }

  /// The digits needed after the decimal point: 2 for 12.50 + 0.25, 1 for 12.50.
  package var fractionDigits: Int { scale }

  /// The value as an integer; nil when it has a fraction or is out of range.
  package var int64: Int64? { isInteger ? Int64(exactly: significand) : nil }

  /// The nearest binary floating-point number. Allocates only beyond 2^53 or 22 decimals.
  package var double: Double {
    let exactInBinary: Range<Int128> = -(1 << 53)..<(1 << 53)
    guard exactInBinary.contains(significand), scale <= 22, let divisor = PowersOfTen.power(scale) else {
      return Double(description) ?? .nan  // never nil: plain notation is a number to Double
    }
    // Both operands are exact, so the one division rounds correctly.
    return Double(Int64(significand)) / Double(divisor)
  }

  package var negated: ExactDecimal { ExactDecimal(significand: -significand, scale: scale) }
}

extension ExactDecimal: Comparable {
  package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
    if left.scale == right.scale { return left.significand < right.significand }
    if left.scale < right.scale {
      guard let scaled = left.significand.scaled(byPowerOfTen: right.scale - left.scale) else {
        return left.significand < 0  // too large for 128 bits, hence farther from zero than the other
      }
      return scaled < right.significand
    }
    guard let scaled = right.significand.scaled(byPowerOfTen: left.scale - right.scale) else {
      return right.significand > 0
    }
    return left.significand < scaled
  }
}

extension ExactDecimal: CustomStringConvertible {
  /// Plain notation, without exponent and without needless zeros: "-0.05", "1250".
  package var description: String {
    let digits = String(significand.magnitude)
    let sign = significand < 0 ? "-" : ""
    if scale == 0 { return sign + digits }
    let padded = String(repeating: "0", count: max(0, scale + 1 - digits.count)) + digits
    return sign + padded.dropLast(scale) + "." + padded.suffix(scale)
  }
}
