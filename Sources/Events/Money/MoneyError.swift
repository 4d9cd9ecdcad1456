/// Why an amount is no `Money`.
package enum MoneyError: Error, Hashable, CustomStringConvertible {
  /// The amount has `found` decimals where its currency has only `allowed`.
  case tooManyDecimals(found: Int, allowed: Int)
  /// The amount does not fit 64 bits of minor units, about 9.2 × 10^18.
  case outOfRange
  case currencyMismatch(Currency, Currency)

  package var description: String {
    switch self {
    case .tooManyDecimals(let found, let allowed):
      "the amount has \(found) decimals but its currency has \(allowed); send it rounded, or correct the currency"
    case .outOfRange:
      "the amount is beyond 9223372036854775807 minor units; check its digits"
    case .currencyMismatch(let left, let right):
      "\(left) and \(right) cannot be added; convert one of them first"
    }
  }
}
