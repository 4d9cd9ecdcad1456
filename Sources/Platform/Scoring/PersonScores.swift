package import Events
package import Identity
package import ReadModels
package import Scoring
import TimeZones

/// Scores of single people: from their own figures, the values at which scores change, and the stored fit.
///
/// For one thread; the person that was asked for last is remembered, since a row asks for several scores.
package final class PersonScores {
  package let day: ScoringDay
  package let currency: Currency
  private let population: ScoredPopulation
  private let configuration: Configuration
  private let horizon: Horizon
  private let cuts: RFMCuts
  private let grid: RFMGrid
  /// Nil where no model is fitted, or one of another currency.
  package let fit: CLVFit?
  private let forecaster: Forecaster?
  private let zone: TimeZone
  private var reader: SalesReader
  private var last: (key: IdentifierKey, buyer: Buyer?, forecast: PersonForecast?)?

  package init(_ population: ScoredPopulation, _ fit: CLVFit?, _ configuration: Configuration, _ horizon: Horizon) {
    (self.population, self.configuration, self.horizon) = (population, configuration, horizon)
    (day, currency, cuts) = (population.day, population.currency, population.cuts)
    grid = configuration.rfm.grid
    self.fit = fit.flatMap { $0.basis.currency == population.currency ? $0 : nil }
    forecaster = self.fit?.forecaster(horizon)
    zone = configuration.timeZone
    reader = SalesReader(configuration, until: day.end)
  }

  /// The same scores for another thread.
  package func copy() -> PersonScores { PersonScores(population, fit, configuration, horizon) }

  /// The scores of somebody with an order that counts, with the name of the segment.
  package func rfm(_ key: IdentifierKey, _ person: Person) -> (score: RFMScore, segment: String)? {
    guard let buyer = buyer(key, person) else { return nil }
    // Who ordered after the day is as recent as can be.
    var figures = buyer.rfm(on: day)
    figures.recencyDays = max(0, figures.recencyDays)
    let score = cuts.score(figures)
    return (score, grid.segment(of: score))
  }

  /// What the fit says of somebody with an order that counts.
  package func forecast(_ key: IdentifierKey, _ person: Person) -> PersonForecast? {
    guard let forecaster, let buyer = buyer(key, person) else { return nil }
    if let forecast = last?.forecast { return forecast }
    let own = buyer.lastDay > day.number ? ScoringDay(CivilDate(daysSinceEpoch: buyer.lastDay), in: zone) : day
    let forecast = PersonForecast(buyer, on: own, forecaster, currency)
    last?.forecast = forecast
    return forecast
  }

  /// The figures of somebody with an order that counts as of the day, and no amount without a rate.
  package func buyer(_ key: IdentifierKey, _ person: Person) -> Buyer? {
    if let last, last.key == key { return last.buyer }
    // Several currencies cannot be added; such a shop has no scores at all.
    let sales = try? reader.sales(person.purchases)
    let buyer = sales.flatMap { Buyer(key, $0.sales, net: $0.net) }
    last = (key, buyer, nil)
    return buyer
  }
}
