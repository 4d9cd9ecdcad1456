package import Events
package import Scoring

/// What a fit says of one person, as of a day.
package struct PersonForecast: Sendable {
  package let figures: RecencyFrequency
  package let pAlive: Double
  /// Days with orders expected in the next 30, 90 and 365 days.
  package let expectedOrders30, expectedOrders90, expectedOrders365: Double
  /// The probability of no order within so many days from the day.
  package let churnRisk: Double
  package static let churnDays = 90
  /// The day by which the next order is as likely as not to have come; nil where none at all within ten years is likelier.
  package let nextOrder: CivilDate?
  /// What an order is expected to be worth.
  package let orderValue: Money
  /// What the orders did bring, net.
  package let historic: Money
  /// What those expected within the horizon are worth on the day.
  package let residual: Money

  /// Both together.
  package var total: Money { Money(minorUnits: historic.minorUnits &+ residual.minorUnits, currency: historic.currency) }

  private static let daysMax = 3_653.0

  init(_ buyer: Buyer, on day: ScoringDay, _ forecaster: Forecaster, _ currency: Currency) {
    let figures = buyer.recencyFrequency(on: day)
    let value = buyer.repeatValue(minorUnits: currency.minorUnitsPerUnit)
    self.figures = figures
    pAlive = forecaster.aliveProbability(figures)
    expectedOrders30 = forecaster.expectedOrders(figures, days: 30)
    expectedOrders90 = forecaster.expectedOrders(figures, days: 90)
    expectedOrders365 = forecaster.expectedOrders(figures, days: 365)
    churnRisk = forecaster.churnRisk(figures, days: Self.churnDays)
    nextOrder = forecaster.orders.medianDaysToNextOrder(figures, daysMax: Self.daysMax).map { days in
      day.date.adding(days: Int(days.rounded(.up)))
    }
    orderValue = currency.money(forecaster.value.expectedValue(value))
    historic = Money(minorUnits: buyer.net, currency: currency)
    residual = currency.money(forecaster.residualValue(figures, value))
  }
}
