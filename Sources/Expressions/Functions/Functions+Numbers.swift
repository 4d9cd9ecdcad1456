import Events

extension Function {
  static let numbers: [Function] = [
    Function(
      "number(text[, decimal_separator])", 1...2,
      "The number that a text says; with a separator such as `','` groups of three digits may be set apart.",
      .values { (arguments, _) throws(EvaluationError) in
        let text = try arguments.text(0)
        if trimmed(text).isEmpty { return .null }
        guard arguments.count > 1 else { return .number(try arguments.number(0)) }
        guard let separator = try arguments.text(1).first, try arguments.text(1).count == 1 else {
          throw EvaluationError("a decimal separator is one character", value: arguments[1])
        }
        guard let number = readNumber(text, decimalSeparator: separator) else {
          throw EvaluationError("this is not a number", value: arguments[0])
        }
        return .number(number)
      }),
    Function(
      "abs(number)", 1...1, "The number without its sign.",
      .values { (arguments, _) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        let number = try arguments.number(0)
        return .number(number < .zero ? number.negated : number)
      }),
    Function(
      "round(number[, decimals])", 1...2,
      "The number with at most so many decimals (0 if not said), halves away from zero.",
      .values { (arguments, _) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        let digits = arguments.count > 1 ? try arguments.integer(1, in: 0...ExactDecimal.greatestScale) : 0
        return .number(try arguments.number(0).rounded(toScale: digits))
      }),
    Function(
      "money(number, currency)", 2...2,
      "An amount in major units, rounded to the decimals of its ISO 4217 currency where it has more, which is counted as a warning.",
      .values { (arguments, context) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        let currency = try currency(arguments)
        let amount = try arguments.number(0)
        let rounded = amount.rounded(toScale: currency.exponent)
        if rounded != amount {
          context.journal.warn("amounts had more decimals than \(currency.code) has, and were rounded")
        }
        return .number(rounded)
      }),
    Function(
      "money_minor(number, currency)", 2...2,
      "An amount given in minor units (cents) as major units, by the decimals of its ISO 4217 currency.",
      .values { (arguments, _) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        guard let amount = majorUnits(try arguments.number(0), try currency(arguments)) else {
          throw EvaluationError("the amount has too many decimals", value: arguments[0])
        }
        return .number(amount)
      }),
  ]

  /// The second argument; money without a currency says nothing.
  private static func currency(_ arguments: Arguments) throws(EvaluationError) -> Currency {
    if arguments[1].isNull {
      throw EvaluationError("nothing says the currency; set `currency` in hoso.yaml if the sender leaves it out")
    }
    guard let currency = Currency(try arguments.text(1).uppercased()) else {
      throw EvaluationError("this is no ISO 4217 currency", value: arguments[1])
    }
    return currency
  }

  private static func majorUnits(_ amount: ExactDecimal, _ currency: Currency) -> ExactDecimal? {
    guard amount.scale + currency.exponent <= ExactDecimal.greatestScale else { return nil }
    return ExactDecimal(significand: amount.significand, scale: amount.scale + currency.exponent)
  }
}
