package import Events
package import Scoring

/// How a shop scores recency, frequency and value.
package struct RFMSettings: Sendable {
  /// The shares of customers, in per cent, at which scores change.
  package var percentages = RFMCuts.standardPercentages
  /// Fixed values at which scores change, where the shop gives some: days, orders, major units of the base currency.
  package var fixedR: [Int]?
  package var fixedF: [Int]?
  package var fixedM: [ExactDecimal]?
  package var grid = RFMGrid.standard

  package init() {}

  /// The values at which scores of these customers change. O(n).
  package func cuts(_ figures: [RFMFigures], currency: Currency) -> RFMCuts {
    var cuts = RFMCuts(figures, percentages: percentages)
    if let fixedR { cuts.r = fixedR }
    if let fixedF { cuts.f = fixedF }
    if let fixedM { cuts.m = fixedM.map { currency.money($0.approximation).minorUnits } }
    return cuts
  }
}

extension ExactDecimal {
  /// The nearest number that a computer multiplies fast; for settings, never for money that is added.
  package var approximation: Double { Double(description) ?? 0 }
}
