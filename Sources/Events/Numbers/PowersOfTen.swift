/// Powers of ten that fit the significand of an `ExactDecimal`.
enum PowersOfTen {
  /// 10^38 is the greatest power of ten below 2^127.
  static let greatestExponent = 38

  private static let table: [Int128] = {
    var powers: [Int128] = [1]
    for _ in 0..<greatestExponent { powers.append(powers[powers.count - 1] * 10) }
    return powers
  }()

  /// 10^exponent for an exponent of 0 or more; nil beyond `greatestExponent`.
  static func power(_ exponent: Int) -> Int128? {
    exponent <= greatestExponent ? table[exponent] : nil
  }
}

extension Int128 {
  /// self × 10^exponent for an exponent of 0 or more; nil on overflow.
  func scaled(byPowerOfTen exponent: Int) -> Int128? {
    if exponent == 0 || self == 0 { return self }
    guard let power = PowersOfTen.power(exponent) else { return nil }
    let (product, overflow) = multipliedReportingOverflow(by: power)
    return overflow ? nil : product
  }
}
