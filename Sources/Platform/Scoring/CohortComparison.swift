package import Events
package import Scoring

/// How a person compares with everybody who ordered first in the same month.
package struct CohortComparison: Sendable {
  /// The first day of the month.
  package let month: CivilDate
  package let customers: Int
  /// Means over the cohort.
  package let orders: Double
  package let net, residual: Money
  /// How many of the cohort the person's predicted value exceeds, from 0 to 1; nil for somebody alone.
  package let ahead: Double?

  /// O(people).
  package init?(_ buyer: Buyer, _ buyers: Buyers, _ forecaster: Forecaster) {
    func month(_ buyer: Buyer) -> CivilDate? {
      let date = CivilDate(daysSinceEpoch: buyer.firstDay)
      return CivilDate(year: date.year, month: date.month, day: 1)
    }
    guard let own = month(buyer) else { return nil }
    let cohort = buyers.buyers.filter { month($0) == own }
    guard !cohort.isEmpty else { return nil }
    func residual(_ buyer: Buyer) -> Double {
      forecaster.residualValue(
        buyer.recencyFrequency(on: buyers.day), buyer.repeatValue(minorUnits: buyers.minorUnits))
    }
    let (count, mine) = (Double(cohort.count), residual(buyer))
    let values = cohort.map(residual)
    self.month = own
    customers = cohort.count
    orders = Double(cohort.reduce(0) { $0 + $1.orders }) / count
    net = buyers.currency.money(cohort.reduce(0) { $0 + Double($1.net) } / count / buyers.minorUnits)
    self.residual = buyers.currency.money(values.reduce(0, +) / count)
    ahead = cohort.count > 1 ? Double(values.count { $0 < mine }) / (count - 1) : nil
  }
}
