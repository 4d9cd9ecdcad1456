package import Events
package import Projections
package import Scoring
import TimeZones

/// Models fitted on what was known at the end of a calibration period, held against what came after it.
package struct CLVEvaluation {
  package let customers: HoldoutCustomers
  package let unit: TimeUnit
  /// The models that were fitted, with their errors.
  package let models: [(fit: OrderModelFit, errors: PredictionErrors)]
  /// The guess that everybody goes on at the rate of their repeat orders so far.
  package let naive: PredictionErrors

  /// - Parameters:
  ///   - calibrationEnd: the last day that models know.
  ///   - holdoutEnd: the last day of the holdout period; without one, that of the last order until now.
  ///
  /// Throws ``ScoringError``. O(people).
  package init(
    calibrationEnd: CivilDate, holdoutEnd: CivilDate?, kinds: [OrderModelKind], unit: TimeUnit, platform: Platform,
    in snapshot: borrowing Snapshot
  ) throws {
    let configuration = platform.configuration
    let all = try platform.buyers(asOf: holdoutEnd, in: snapshot)
    let first = CivilDate(daysSinceEpoch: all.buyers.lazy.map(\.firstDay).min() ?? all.day.number)
    guard calibrationEnd < all.day.date, first < calibrationEnd else {
      throw ScoringError.outside(
        "a holdout after \(calibrationEnd.iso) leaves nothing to compare: there are orders from \(first.iso) to \(all.day.date.iso), and some must lie on either side"
      )
    }
    customers = try HoldoutCustomers(
      calibrationEnd: ScoringDay(calibrationEnd, in: configuration.timeZone), holdoutEnd: all.day, configuration,
      in: snapshot)
    let repeating = customers.holdout.figures.count { $0.repeats > 0 }
    guard repeating >= CLVFitter.repeatCustomersMin else {
      throw ScoringError.tooFew(
        "by \(calibrationEnd.iso), \(repeating) of \(customers.holdout.figures.count) customers had ordered on more than one day; "
          + "a model of repeat orders needs at least \(CLVFitter.repeatCustomersMin) who did")
    }
    self.unit = unit
    let sample = RecencyFrequencySample(customers.holdout.figures)
    let holdout = customers.holdout
    models = kinds.map { kind in
      let fit = kind.fit(sample, unit: unit)
      return (fit, holdout.errors(of: fit.model))
    }
    naive = holdout.naiveErrors
  }
}
