package import Events

/// The rates of read models: quotients of counts, with six decimals.
package enum Ratio {
  /// Enough for a rate of one in a million; decimal, so that it prints and compares as it is shown.
  package static let scale = 6

  /// The part of a whole, rounded half away from zero; nil where there is no whole.
  package static func of(_ part: Int64, _ whole: Int64) -> ExactDecimal? {
    of(ExactDecimal(part), ExactDecimal(whole))
  }

  /// Nil also where the quotient needs more than 38 digits.
  static func of(_ part: ExactDecimal, _ whole: ExactDecimal) -> ExactDecimal? {
    guard whole > .zero else { return nil }
    do { return try part.divided(by: whole, scale: scale) } catch { return nil }
  }
}
