/// A result that an `ExactDecimal` cannot hold exactly, or a division by zero.
package enum ArithmeticOverflow: Error, Hashable, CustomStringConvertible {
  case addition, subtraction, multiplication, division, divisionByZero

  package var description: String {
    switch self {
    case .addition: "the sum needs more than 38 digits"
    case .subtraction: "the difference needs more than 38 digits"
    case .multiplication: "the product needs more than 38 digits, or more than 30 after the decimal point"
    case .division: "the quotient needs more than 38 digits"
    case .divisionByZero: "a number cannot be divided by zero"
    }
  }
}

extension ExactDecimal {
  /// The exact sum. Throws when it does not fit at the finer of the two scales.
  package func adding(_ other: ExactDecimal) throws(ArithmeticOverflow) -> ExactDecimal {
    guard let sum = sum(with: other) else { throw .addition }
    return sum
  }

  /// The exact difference. Throws when it does not fit at the finer of the two scales.
  package func subtracting(_ other: ExactDecimal) throws(ArithmeticOverflow) -> ExactDecimal {
    guard let difference = sum(with: other.negated) else { throw .subtraction }
    return difference
  }

  /// The exact product. Throws when it needs more than 38 digits or more than 30 decimals.
  package func multiplied(by other: ExactDecimal) throws(ArithmeticOverflow) -> ExactDecimal {
    let (product, overflow) = significand.multipliedReportingOverflow(by: other.significand)
    guard !overflow, let result = Self.reduced(product, scale: scale + other.scale) else { throw .multiplication }
    return result
  }

  private func sum(with other: ExactDecimal) -> ExactDecimal? {
    let finest = max(scale, other.scale)
    guard let left = significand.scaled(byPowerOfTen: finest - scale),
      let right = other.significand.scaled(byPowerOfTen: finest - other.scale)
    else { return nil }
    let (sum, overflow) = left.addingReportingOverflow(right)
    return overflow || sum == .min ? nil : ExactDecimal(significand: sum, scale: finest)
  }

  /// The value at a scale that may exceed the limit before trailing zeros are taken off; nil if it still does.
  private static func reduced(_ significand: Int128, scale: Int) -> ExactDecimal? {
    var digits = significand
    var scale = scale
    while scale > greatestScale {
      let (quotient, remainder) = digits.quotientAndRemainder(dividingBy: 10)
      if remainder != 0 { return nil }
      digits = quotient
      scale -= 1
    }
    return digits == .min ? nil : ExactDecimal(significand: digits, scale: scale)
  }
}
