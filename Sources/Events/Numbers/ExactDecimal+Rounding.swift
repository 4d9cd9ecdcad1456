extension ExactDecimal {
  /// The value with at most `digits` decimals (0...30), halves rounded away from zero: 2.5 to 3, -2.5 to -3.
  package func rounded(toScale digits: Int) -> ExactDecimal {
    precondition((0...Self.greatestScale).contains(digits), "the scale of an ExactDecimal lies in 0...30")
    guard digits < scale, let divisor = PowersOfTen.power(scale - digits) else { return self }
    let quotient = Self.roundedQuotient(significand.magnitude, divisor.magnitude)
    return Self.signed(quotient, negative: significand < 0, scale: digits) ?? self  // smaller than self: it fits
  }

  /// self / divisor with `digits` decimals (0...30), halves rounded away from zero.
  ///
  /// Throws on division by zero and when the quotient itself does not fit; what lies between never overflows.
  package func divided(by divisor: ExactDecimal, scale digits: Int) throws(ArithmeticOverflow) -> ExactDecimal {
    precondition((0...Self.greatestScale).contains(digits), "the scale of an ExactDecimal lies in 0...30")
    guard divisor.significand != 0 else { throw .divisionByZero }
    let magnitude = Self.quotient(
      significand.magnitude, divisor.significand.magnitude, powerOfTen: digits - scale + divisor.scale)
    let negative = (significand < 0) != (divisor.significand < 0)
    guard let magnitude, let result = Self.signed(magnitude, negative: negative, scale: digits) else {
      throw .division
    }
    return result
  }

  /// dividend × 10^powerOfTen / divisor, rounded; nil when it exceeds 128 bits.
  private static func quotient(_ dividend: UInt128, _ divisor: UInt128, powerOfTen: Int) -> UInt128? {
    guard powerOfTen < 0 else { return longDivision(dividend, divisor, digits: powerOfTen) }
    guard let power = PowersOfTen.power(-powerOfTen) else { return 0 }
    let (scaled, overflow) = divisor.multipliedReportingOverflow(by: power.magnitude)
    // Such a divisor is more than twice any significand, so the quotient rounds to zero.
    return overflow ? 0 : roundedQuotient(dividend, scaled)
  }

  /// Schoolbook long division: the quotient of the integers, then `digits` further digits, then the rounding.
  private static func longDivision(_ dividend: UInt128, _ divisor: UInt128, digits: Int) -> UInt128? {
    var (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    for _ in 0..<digits {
      if quotient == 0 && remainder == 0 { return 0 }
      let next = divisor.dividingFullWidth(remainder.multipliedFullWidth(by: 10))
      remainder = next.remainder
      let (shifted, overflow) = quotient.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      let (extended, carry) = shifted.addingReportingOverflow(next.quotient)
      if carry { return nil }
      quotient = extended
    }
    return roundedUp(quotient, remainder: remainder, divisor: divisor)
  }

  private static func roundedQuotient(_ dividend: UInt128, _ divisor: UInt128) -> UInt128 {
    let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
    return roundedUp(quotient, remainder: remainder, divisor: divisor)
  }

  /// Half or more goes up. Written without doubling the remainder, which could overflow; the quotient cannot: its
  /// remainder is not zero only for a divisor of 2 or more.
  private static func roundedUp(_ quotient: UInt128, remainder: UInt128, divisor: UInt128) -> UInt128 {
    remainder != 0 && remainder >= divisor - remainder && quotient < .max ? quotient + 1 : quotient
  }

  private static func signed(_ magnitude: UInt128, negative: Bool, scale: Int) -> ExactDecimal? {
    guard let digits = Int128(exactly: magnitude) else { return nil }
    return ExactDecimal(significand: negative ? -digits : digits, scale: scale)
  }
}
