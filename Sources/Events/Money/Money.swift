/// An exact amount of one currency, in its minor units: 1250 for 12.50 USD, 250000 for 250,000 VND.
package struct Money: Hashable, Sendable {
  package let minorUnits: Int64
  package let currency: Currency

  package init(minorUnits: Int64, currency: Currency) {
    self.minorUnits = minorUnits
    self.currency = currency
  }

  /// Takes an amount in major units. Throws `tooManyDecimals` or `outOfRange`; nothing is rounded.
  package init(_ decimal: ExactDecimal, _ currency: Currency) throws(MoneyError) {
    let allowed = currency.exponent
    guard decimal.fractionDigits <= allowed else {
      throw .tooManyDecimals(found: decimal.fractionDigits, allowed: allowed)
    }
    guard let scaled = decimal.significand.scaled(byPowerOfTen: allowed - decimal.scale),
      let minorUnits = Int64(exactly: scaled)
    else { throw .outOfRange }
    self.init(minorUnits: minorUnits, currency: currency)
  }

  /// The amount in major units.
  package var decimal: ExactDecimal {
    ExactDecimal(significand: Int128(minorUnits), scale: currency.exponent)
  }

  /// The amount in major units with exactly the decimals of its currency: "12.50", "250000".
  package var decimalString: String {
    let exponent = currency.exponent
    let sign = minorUnits < 0 ? "-" : ""
    let digits = zeroPadded(minorUnits.magnitude, width: exponent + 1)
    if exponent == 0 { return sign + digits }
    return sign + digits.dropLast(exponent) + "." + digits.suffix(exponent)
  }

  /// The sum. Throws `currencyMismatch` or `outOfRange`.
  package func adding(_ other: Money) throws(MoneyError) -> Money {
    guard currency == other.currency else { throw .currencyMismatch(currency, other.currency) }
    let (sum, overflow) = minorUnits.addingReportingOverflow(other.minorUnits)
    if overflow { throw .outOfRange }
    return Money(minorUnits: sum, currency: currency)
  }
}

extension Money: CustomStringConvertible {
  package var description: String { "\(decimalString) \(currency)" }
}
