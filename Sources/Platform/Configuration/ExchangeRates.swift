package import Events

/// What amounts of several currencies are worth in one.
package struct ExchangeRates: Sendable {
  /// The currency of totals; nil means the only one that there is.
  package let base: Currency?
  /// What one unit of another currency is worth in it.
  private let rates: [Currency: ExactDecimal]

  package init(base: Currency?, rates: [Currency: ExactDecimal] = [:]) {
    self.base = base
    self.rates = rates
  }

  /// An amount in the base currency, rounded half away from zero to its decimals; nil without a base currency, without
  /// a rate for the amount's currency, or where the result is beyond what money can hold.
  package func inBase(_ money: Money) -> Money? {
    guard let base else { return nil }
    if money.currency == base { return money }
    guard let rate = rates[money.currency] else { return nil }
    do {
      return try Money(try money.decimal.multiplied(by: rate).rounded(toScale: base.exponent), base)
    } catch {
      return nil
    }
  }
}

extension Configuration {
  package var exchange: ExchangeRates { ExchangeRates(base: baseCurrency, rates: rates) }

  /// An amount in the base currency; see ``ExchangeRates/inBase(_:)``.
  package func inBaseCurrency(_ money: Money) -> Money? { exchange.inBase(money) }
}
