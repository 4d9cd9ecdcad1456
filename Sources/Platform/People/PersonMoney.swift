package import Events
package import ReadModels

/// A person's order amounts in one currency, as far as that is possible.
package struct PersonMoney {
  package let currency: Currency
  package let gross, refunded, net: Money
  /// Net divided by the orders that count, rounded half away from zero; nil without an order.
  package let average: Money?

  /// In the base currency where one is configured and every amount has a rate; else in the only currency there is; nil
  /// where amounts of several currencies cannot be added.
  package init?(_ orders: OrderFigures, _ exchange: ExchangeRates) {
    guard let currency = exchange.base ?? orders.amounts.keys.first else { return nil }
    guard exchange.base != nil || orders.amounts.count <= 1 else { return nil }
    func sum(_ part: (OrderFigures.Amounts) -> Int64) -> Money? {
      var total = Money(minorUnits: 0, currency: currency)
      for (own, amounts) in orders.amounts {
        let amount = Money(minorUnits: part(amounts), currency: own)
        guard let converted = own == currency ? amount : exchange.inBase(amount) else { return nil }
        do { total = try total.adding(converted) } catch { return nil }
      }
      return total
    }
    guard let gross = sum({ $0.gross }), let refunded = sum({ $0.refunded }), let net = sum({ $0.net }) else {
      return nil
    }
    self.currency = currency
    self.gross = gross
    self.refunded = refunded
    self.net = net
    average = orders.count > 0 ? Self.divide(net, by: orders.count) : nil
  }

  private static func divide(_ money: Money, by count: Int) -> Money? {
    do {
      let quotient = try money.decimal.divided(by: ExactDecimal(Int64(count)), scale: money.currency.exponent)
      return try Money(quotient, money.currency)
    } catch {
      return nil
    }
  }
}
