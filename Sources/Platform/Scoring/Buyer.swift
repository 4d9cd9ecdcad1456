package import Identity
package import Scoring

/// The figures that scores of a person are made of, as of a day.
package struct Buyer: Hashable, Sendable {
  /// That of the person.
  package let key: IdentifierKey
  /// Days since 1970 of the first order that counts, and of the last.
  package let firstDay, lastDay: Int
  /// Orders that count, and the days on which there were any.
  package let orders, orderDays: Int
  /// Net value in minor units of the base currency.
  package let net: Int64
  /// What the orders after the first day are worth together.
  package let repeatNet: Int64

  /// Nil without a sale; they are ascending by day.
  init?(_ key: IdentifierKey, _ sales: [Sale], net: Int64) {
    guard let first = sales.first, let last = sales.last else { return nil }
    self.key = key
    (firstDay, lastDay) = (first.day, last.day)
    orders = sales.count
    var (days, day, repeats) = (1, first.day, Int64(0))
    for sale in sales where sale.day != first.day {
      if sale.day != day { days += 1 }
      day = sale.day
      repeats &+= sale.net
    }
    (orderDays, repeatNet) = (days, repeats)
    self.net = net
  }

  /// As of a day that is not before the last order.
  package func rfm(on day: ScoringDay) -> RFMFigures {
    RFMFigures(recencyDays: day.number - lastDay, orders: orders, net: net)
  }

  /// As of a day that is not before the last order.
  package func recencyFrequency(on day: ScoringDay) -> RecencyFrequency {
    RecencyFrequency(repeats: orderDays - 1, recencyDays: lastDay - firstDay, ageDays: day.number - firstDay)
  }

  /// In major units of the currency, one of which has so many minor units.
  package func repeatValue(minorUnits: Double) -> RepeatValue {
    let repeats = orderDays - 1
    return RepeatValue(repeats: repeats, mean: repeats == 0 ? 0 : Double(repeatNet) / minorUnits / Double(repeats))
  }
}
