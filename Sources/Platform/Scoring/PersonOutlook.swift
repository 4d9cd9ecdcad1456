package import Events
package import Scoring

/// What is expected of one person, how sure that is, and how they compare.
package struct PersonOutlook {
  package let buyer: Buyer
  package let forecast: PersonForecast
  package let fit: CLVFit
  package let day: ScoringDay
  package let horizon: Horizon
  /// What the uncertainty of the parameters allows for the residual value; nil where the data do not tell it.
  package let range: (low: Money, high: Money)?
  package let cohort: CohortComparison?
  /// What the value model starts from: an order of somebody of whom nothing is known.
  package let newcomerValue: Money
  /// The mean value of the person's own repeat orders; nil without any.
  package let ownValue: Money?
  /// The mean days between days with orders; nil without a repeat.
  package let daysBetween: Double?

  /// O(people), for the cohort.
  package init(_ buyer: Buyer, _ buyers: Buyers, _ fit: CLVFit, _ horizon: Horizon) {
    let forecaster = fit.forecaster(horizon)
    let (day, currency) = (buyers.day, buyers.currency)
    (self.buyer, self.fit, self.day, self.horizon) = (buyer, fit, day, horizon)
    forecast = PersonForecast(buyer, on: day, forecaster, currency)
    cohort = CohortComparison(buyer, buyers, forecaster)
    let (figures, value) = (buyer.recencyFrequency(on: day), buyer.repeatValue(minorUnits: currency.minorUnitsPerUnit))
    range = PredictionRange(fit.estimates) { parameters in
      let orders = fit.chosen.model(parameters[0], unit: fit.basis.unit)
      let worth =
        parameters.count > 1
        ? ValueModel.gammaGamma(GammaGamma(p: parameters[1][0], q: parameters[1][1], v: parameters[1][2])) : fit.value
      return Forecaster(orders: orders, value: worth, horizon: horizon).residualValue(figures, value)
    }.map { (currency.money($0.low), currency.money($0.high)) }
    newcomerValue = currency.money(fit.value.expectedValue(RepeatValue(repeats: 0, mean: 0)))
    ownValue = value.repeats > 0 ? currency.money(value.mean) : nil
    daysBetween = figures.repeats > 0 ? Double(figures.recencyDays) / Double(figures.repeats) : nil
  }
}
