package import Events
package import Scoring

/// What a fit says of one person, as of a day. Each answer is computed when it is asked for: a list may want one only.
package struct PersonForecast {
  package let figures: RecencyFrequency
  /// What the orders did bring, net.
  package let historic: Money
  private let value: RepeatValue
  private let day: ScoringDay
  private let forecaster: Forecaster

  private static let daysMax = 3_653.0

  init(_ buyer: Buyer, on day: ScoringDay, _ forecaster: Forecaster, _ currency: Currency) {
    figures = buyer.recencyFrequency(on: day)
    historic = Money(minorUnits: buyer.net, currency: currency)
    value = buyer.repeatValue(minorUnits: currency.minorUnitsPerUnit)
    self.day = day
    self.forecaster = forecaster
  }

  package var pAlive: Double { forecaster.aliveProbability(figures) }

  /// Days with orders expected within so many days.
  package func expectedOrders(days: Int) -> Double { forecaster.expectedOrders(figures, days: days) }

  /// The probability of no order within so many days from the day.
  package var churnRisk: Double { forecaster.churnRisk(figures) }
  package var churnDays: Int { forecaster.horizon.churnDays }

  /// The day by which the next order is as likely as not to have come; nil where none at all within ten years is likelier.
  package var nextOrder: CivilDate? {
    forecaster.orders.medianDaysToNextOrder(figures, daysMax: Self.daysMax).map { days in
      day.date.adding(days: Int(days.rounded(.up)))
    }
  }

  /// What an order is expected to be worth.
  package var orderValue: Money { historic.currency.money(forecaster.value.expectedValue(value)) }

  /// What the orders expected within the horizon are worth on the day.
  package var residual: Money { historic.currency.money(forecaster.residualValue(figures, value)) }

  /// What came and what is expected together.
  package var total: Money {
    Money(minorUnits: historic.minorUnits &+ residual.minorUnits, currency: historic.currency)
  }
}
