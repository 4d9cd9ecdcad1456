package import Events
package import ReadModels

extension Configuration {
  /// Amounts of several currencies as one: in the base currency where one is configured and every amount has a rate;
  /// else in the only currency there is; nil where they cannot be added, or where there are none and no base currency.
  package func total(of amounts: Sums<Currency>) -> Money? {
    let entries = amounts.entries
    guard let currency = baseCurrency ?? entries.first?.key else { return nil }
    guard baseCurrency != nil || entries.count <= 1 else { return nil }
    var total = Money(minorUnits: 0, currency: currency)
    for entry in entries {
      let amount = Money(minorUnits: entry.sum, currency: entry.key)
      guard let converted = entry.key == currency ? amount : inBaseCurrency(amount) else { return nil }
      do { total = try total.adding(converted) } catch { return nil }
    }
    return total
  }
}

extension Sums<Currency> {
  /// Each amount with its currency, by the code of the currency.
  var texts: [String] { entries.map { Money(minorUnits: $0.sum, currency: $0.key).description } }
}
