/// The divisor of `multipleOf`: `coefficient` × 10^`exponent`.
struct DecimalDivisor: BitwiseCopyable {
  let number: DecimalText
  let coefficient: UInt64
  let exponent: Int

  /// So that a remainder times ten and a digit still fit into 64 bits.
  static let digitsMax = 18

  /// Nil for zero, for negative numbers, and for more than 18 significant digits.
  init?(_ number: DecimalText) {
    guard !number.isNegative, !number.isZero, number.digitCount <= Self.digitsMax else { return nil }
    var coefficient: UInt64 = 0
    number.forEachDigit { digit in
      coefficient = coefficient * 10 + digit
      return true
    }
    self.number = number
    self.coefficient = coefficient
    exponent = number.lastExponent
  }

  /// Whether a number of any size is an integral multiple of this, exactly. O(digits + log exponent), no allocation.
  func divides(_ number: DecimalText) -> Bool {
    if number.isZero { return true }
    let shift = number.lastExponent - exponent
    // The last significant digit is not zero, so no power of ten divides the number's own coefficient.
    guard shift >= 0 else { return false }
    var remainder: UInt64 = 0
    number.forEachDigit { digit in
      remainder = (remainder * 10 + digit) % coefficient
      return true
    }
    return product(remainder, powerOfTen(shift)) == 0
  }

  /// 10^n modulo the coefficient, by repeated squaring.
  private func powerOfTen(_ power: Int) -> UInt64 {
    var (result, square, bits) = (1 % coefficient, 10 % coefficient, power)
    while bits > 0 {
      if bits & 1 == 1 { result = product(result, square) }
      square = product(square, square)
      bits >>= 1
    }
    return result
  }

  private func product(_ left: UInt64, _ right: UInt64) -> UInt64 {
    coefficient.dividingFullWidth(left.multipliedFullWidth(by: right)).remainder
  }
}
