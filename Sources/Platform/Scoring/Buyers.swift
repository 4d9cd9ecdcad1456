package import Events
package import Identity
package import Projections
package import Scoring
import TimeZones

/// Everybody with an order that counts, as of a day.
package struct Buyers: Sendable {
  package let day: ScoringDay
  package let buyers: [Buyer]
  /// Of all amounts.
  package let currency: Currency
  /// People left out because an amount of theirs has no rate, by its currency.
  package let withoutRate: [Currency: Int]

  /// Reads them as of a day, or, without one, of the day of the last order that is not later than `now`.
  ///
  /// People are those of today, so that they can be compared with themselves on other days; what they had bought, and what
  /// it was worth, is what had happened by the day's end. Throws ``ScoringError``. O(people).
  package init(
    asOf date: CivilDate?, now: Instant, _ configuration: Configuration, in snapshot: borrowing Snapshot
  ) throws {
    let zone = configuration.timeZone
    let today = ScoringDay(zone.civil(now).date, in: zone)
    let half = Half(sales: SalesReader(configuration, until: date.map { ScoringDay($0, in: zone).end } ?? today.end))
    var halves = (first: half, second: half)
    try snapshot.forEachBuyer(&halves) { half, key, history in
      guard let (sales, net) = try half.sales.sales(history), let buyer = Buyer(key, sales, net: net) else { return }
      half.buyers.append(buyer)
    }
    let buyers = halves.first.buyers + halves.second.buyers
    let reader = try halves.first.sales.joined(with: halves.second.sales)
    let last = buyers.lazy.map(\.lastDay).max()
    day =
      date.map { ScoringDay($0, in: zone) } ?? last.map { ScoringDay(CivilDate(daysSinceEpoch: $0), in: zone) } ?? today
    guard let currency = reader.currency, !buyers.isEmpty else { throw ScoringError.nobody(asOf: day.date) }
    self.buyers = buyers
    self.currency = currency
    withoutRate = reader.withoutRate
  }

  private struct Half {
    var sales: SalesReader
    var buyers: [Buyer] = []
  }

  /// How many minor units one unit of the currency has.
  package var minorUnits: Double { currency.minorUnitsPerUnit }

  /// Everybody by what is expected of them, the most first; of equal ones in the order of keys. O(n log n).
  package func ranked(by forecaster: Forecaster) -> [IdentifierKey] {
    let minorUnits = minorUnits
    let values = buyers.map { buyer in
      forecaster.residualValue(buyer.recencyFrequency(on: day), buyer.repeatValue(minorUnits: minorUnits))
    }
    return values.indices.sorted { values[$0] != values[$1] ? values[$0] > values[$1] : $0 < $1 }.map { buyers[$0].key }
  }

  package var rfmFigures: [RFMFigures] { buyers.map { $0.rfm(on: day) } }
  package var sample: RecencyFrequencySample { RecencyFrequencySample(buyers.map { $0.recencyFrequency(on: day) }) }
  package var repeatValues: [RepeatValue] { buyers.map { $0.repeatValue(minorUnits: minorUnits) } }
}

extension Currency {
  /// 100 for most, 1 for those without decimals.
  package var minorUnitsPerUnit: Double { (0..<exponent).reduce(1.0) { product, _ in product * 10 } }

  /// An amount in units of the currency, rounded to its minor unit, halves away from zero. Not for amounts that are not
  /// finite; those beyond what money can hold become the largest there is.
  package func money(_ amount: Double) -> Money {
    let minor = (amount * minorUnitsPerUnit).rounded()
    let limit = 9.2e18
    return Money(minorUnits: Int64(min(max(minor, -limit), limit)), currency: self)
  }
}
