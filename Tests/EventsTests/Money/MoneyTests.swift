import Events
import Testing

@Suite struct MoneyTests {
  private func currency(_ code: String) throws -> Currency { try #require(Currency(code), "\(code)") }

  @Test("A currency is known by its code in capitals and by nothing else")
  func currencyCodes() throws {
    #expect(try currency("VND").code == "VND")
    for text in ["vnd", "VN", "VNDX", "", "ABC", "XXX", "XAU", "V\u{0}D", "₫"] { #expect(Currency(text) == nil) }
  }

  @Test(
    "The minor units of a currency are those of ISO 4217",
    arguments: [
      ("VND", 0), ("JPY", 0), ("KRW", 0), ("CLP", 0), ("USD", 2), ("EUR", 2), ("MGA", 2), ("BHD", 3), ("KWD", 3),
      ("TND", 3), ("CLF", 4), ("UYW", 4),
    ])
  func exponents(code: String, exponent: Int) throws {
    #expect(try currency(code).exponent == exponent)
  }

  @Test("The raw value gives the currency back, orders like the code, and is stored for ever")
  func rawValues() throws {
    let codes = ["AED", "EUR", "JPY", "USD", "VND", "ZWG"]
    let currencies = try codes.map { try currency($0) }
    #expect(currencies.sorted().map(\.code) == codes)
    #expect(currencies.map { Currency(rawValue: $0.rawValue) } == currencies)
    #expect(try currency("VND").rawValue == 0x56_4E44)
  }

  @Test(
    "An amount is written with exactly the decimals of its currency",
    arguments: [
      ("12.5", "USD", 1250, "12.50"), ("250000", "VND", 250_000, "250000"), ("-0.05", "USD", -5, "-0.05"),
      ("0", "EUR", 0, "0.00"), ("1.234", "KWD", 1234, "1.234"), ("2.5000", "USD", 250, "2.50"), ("0", "VND", 0, "0"),
    ])
  func decimalStrings(text: String, code: String, minorUnits: Int64, expected: String) throws {
    let decimal = try #require(ExactDecimal(text))
    let money = try Money(decimal, currency(code))
    #expect(money.minorUnits == minorUnits)
    #expect(money.decimalString == expected)
    #expect(money.decimal == decimal)
  }

  @Test("Every 64-bit number of minor units survives the way through decimal and text")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 201)
    let currencies = try ["VND", "USD", "KWD", "CLF"].map { try currency($0) }
    let edges: [Int64] = [.min, .max, 0, -1, 1]
    for minorUnits in edges + (0..<500).map({ _ in Int64.random(in: .min...(.max), using: &random) }) {
      for currency in currencies {
        let money = Money(minorUnits: minorUnits, currency: currency)
        let reread = try #require(ExactDecimal(money.decimalString), "\(random) \(money)")
        #expect(try Money(reread, currency) == money, "\(random) \(money)")
      }
    }
  }

  @Test("What a currency cannot hold is refused with the reason")
  func refusals() throws {
    let (vnd, usd) = (try currency("VND"), try currency("USD"))
    #expect(throws: MoneyError.tooManyDecimals(found: 1, allowed: 0)) {
      try Money(ExactDecimal(significand: 125, scale: 1), vnd)
    }
    #expect(throws: MoneyError.outOfRange) { try Money(ExactDecimal(.max), usd) }
    #expect(throws: MoneyError.outOfRange) {
      try Money(minorUnits: .max, currency: vnd).adding(Money(minorUnits: 1, currency: vnd))
    }
    #expect(throws: MoneyError.currencyMismatch(vnd, usd)) {
      try Money(minorUnits: 1, currency: vnd).adding(Money(minorUnits: 1, currency: usd))
    }
    #expect(
      MoneyError.currencyMismatch(vnd, usd).description == "VND and USD cannot be added; convert one of them first")
  }
}
