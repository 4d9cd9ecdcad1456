import EventLog
import Events
package import Projections
package import Scoring
import TimeZones

/// Fits models to a shop's customers and chooses one.
package struct CLVFitter {
  /// With fewer customers who came back there is nothing to tell a model by.
  package static let repeatCustomersMin = 10

  let configuration: Configuration
  let unit: TimeUnit
  /// The model that is asked for; nil to compare all.
  let wanted: OrderModelKind?

  package init(_ configuration: Configuration, unit: TimeUnit, wanted: OrderModelKind?) {
    self.configuration = configuration
    self.unit = unit
    self.wanted = wanted
  }

  /// Throws ``ScoringError`` where there are too few customers. O(people) for reading; fitting is some dozen passes over
  /// distinct figures for each model.
  package func fit(_ buyers: Buyers, in snapshot: borrowing Snapshot) throws -> CLVFit {
    let basis = try basis(buyers, position: snapshot.checkpoint.position)
    let holdout = wanted == nil ? try holdout(basis, buyers.day, in: snapshot) : nil
    let sample = buyers.sample
    let calibration = holdout.map { RecencyFrequencySample($0.holdout.figures) }
    let candidates = (wanted.map { [$0] } ?? OrderModelKind.allCases).map { kind in
      let start = Platform.now()
      let fit = kind.fit(sample, unit: unit)
      let seconds = Double(Platform.now().microseconds - start.microseconds) / 1e6
      let errors = calibration.flatMap { calibration in
        holdout.map { $0.holdout.errors(of: kind.fit(calibration, unit: unit).model) }
      }
      return CLVFit.Candidate(fit: fit, holdout: errors, seconds: seconds)
    }
    let choice = ModelChoice(candidates, wanted: wanted)
    let values = buyers.repeatValues.filter { $0.repeats > 0 }
    var fit = CLVFit(
      basis: basis, candidates: candidates, chosen: choice.chosen, reason: choice.reason,
      gammaGamma: GammaGamma.fit(RepeatValueSample(values)),
      meanValue: values.reduce(0) { $0 + $1.mean } / Double(values.count),
      valueCorrelation: Scoring.pearson(values.map { Double($0.repeats) }, values.map(\.mean)), warnings: [], seconds: 0
    )
    fit.basis.calibrationEnd = holdout?.day.date
    fit.warnings = FitWarnings(fit, sample, buyers, isDropoutKnown: choice.isDropoutKnown).texts
    return fit
  }

  private func basis(_ buyers: Buyers, position: Position) throws -> CLVFit.Basis {
    let repeating = buyers.buyers.count { $0.orderDays > 1 }
    guard repeating >= Self.repeatCustomersMin else {
      throw ScoringError.tooFew(
        "of \(buyers.buyers.count) customers, \(repeating) ordered on more than one day as of \(buyers.day.date.iso); "
          + "a model of repeat orders needs at least \(Self.repeatCustomersMin) who did")
    }
    let first = buyers.buyers.lazy.map(\.firstDay).min() ?? 0
    let last = buyers.buyers.lazy.map(\.lastDay).max() ?? 0
    return CLVFit.Basis(
      asOf: buyers.day.date, unit: unit, currency: buyers.currency, customers: buyers.buyers.count,
      repeatCustomers: repeating, firstOrder: CivilDate(daysSinceEpoch: first),
      lastOrder: CivilDate(daysSinceEpoch: last), position: position, calibrationEnd: nil)
  }

  /// The last third of the data, if enough customers came back before it and anybody ordered in it.
  private func holdout(
    _ basis: CLVFit.Basis, _ day: ScoringDay, in snapshot: borrowing Snapshot
  ) throws -> HoldoutCustomers? {
    let first = basis.firstOrder.daysSinceEpoch
    let length = (day.number - first) / 3
    guard length >= 7 else { return nil }
    let end = ScoringDay(CivilDate(daysSinceEpoch: day.number - length), in: configuration.timeZone)
    let customers = try HoldoutCustomers(calibrationEnd: end, holdoutEnd: day, configuration, in: snapshot)
    let repeating = customers.holdout.figures.count { $0.repeats > 0 }
    return repeating >= Self.repeatCustomersMin && customers.holdout.orders.contains { $0 > 0 } ? customers : nil
  }
}
