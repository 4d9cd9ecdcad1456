import Events

/// The formats of amounts: what the money of an event is read with later decides here, too.
enum Amount {
  static let priceDecimalsMax = 6

  static func isMoney(_ bytes: UnsafeBufferPointer<UInt8>, _ context: ValidationContext) -> Bool {
    guard let amount = ExactDecimal(utf8: bytes), amount.significand >= 0 else { return false }
    guard let exponent = context.currencyExponent else { return true }
    return amount.fractionDigits <= exponent && fitsMinorUnits(amount, exponent)
  }

  /// Money is counted in minor units of 64 bits.
  private static func fitsMinorUnits(_ amount: ExactDecimal, _ exponent: Int) -> Bool {
    // A trillion has room for six more decimals, so hardly any amount needs the longer comparison.
    if exponent <= 6 && amount.significand <= 1_000_000_000_000 { return true }
    return amount <= ExactDecimal(significand: Int128(Int64.max), scale: exponent)
  }

  static func isPrice(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let price = ExactDecimal(utf8: bytes) else { return false }
    return price.fractionDigits <= priceDecimalsMax
  }

  /// ", with at most 2 decimals", where the currency is known.
  static func decimals(_ context: ValidationContext) -> String {
    switch context.currencyExponent {
    case nil: ""
    case 0: ", without decimals"
    case let exponent?: ", with at most \(counted(exponent, "decimal"))"
    }
  }
}
