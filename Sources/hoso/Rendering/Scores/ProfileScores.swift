import Events
import JSON
import Platform
import Projections
import ReadModels
import Scoring
import TimeZones

/// The scores of one person for their profile: none for somebody without an order that counts, none at a position of the
/// log, and no prediction by a fit that knows what came later.
struct ProfileScores {
  private let rfm: (score: RFMScore, segment: String)?
  private let forecast: PersonForecast?
  private let fit: CLVFit?
  private let asOf: CivilDate?

  init(
    _ found: FoundPerson, _ moment: Moment?, _ query: ReadModelQuery, _ snapshot: borrowing Snapshot
  ) throws {
    guard found.person.orders.count > 0, let scores = try Self.scores(moment, query, snapshot) else {
      (rfm, forecast, fit, asOf) = (nil, nil, nil, nil)
      return
    }
    rfm = scores.rfm(found.key, found.person)
    fit = scores.fit.flatMap { moment == nil || $0.basis.asOf <= scores.day.date ? $0 : nil }
    forecast = fit == nil ? nil : scores.forecast(found.key, found.person)
    asOf = scores.day.date
  }

  /// Nil where there can be none, for whatever reason: a profile is more than its scores.
  private static func scores(
    _ moment: Moment?, _ query: ReadModelQuery, _ snapshot: borrowing Snapshot
  ) throws -> PersonScores? {
    let platform = query.platform
    do {
      switch moment {
      case nil: return try platform.personScores(of: query.generation, in: snapshot)
      case .time(let time):
        let date = platform.configuration.timeZone.civil(Instant(microseconds: time)).date
        let buyers = try platform.buyers(asOf: date, in: snapshot)
        return PersonScores(
          ScoredPopulation(buyers, platform.configuration.rfm), try platform.storedFit(), platform.configuration,
          platform.configuration.horizon)
      case .position: return nil
      }
    } catch let error as ScoringError {
      // Of a fit that cannot be read somebody should hear.
      if case .unusableFit = error { StandardError.write("Note: no scores: \(error)\n") }
      return nil
    } catch ProjectionError.withoutPurchases {
      return nil
    }
  }

  /// Lines of the page.
  var facts: [(String, String)] {
    var facts: [(String, String)] = []
    if let rfm, let asOf {
      facts.append(("RFM", "R \(rfm.score.r), F \(rfm.score.f), M \(rfm.score.m): \(rfm.segment), as of \(asOf.iso)"))
    }
    if let forecast {
      facts.append(
        (
          "Outlook",
          "\(AmountFormat.text(forecast.residual)) to come, \(decimalText(forecast.expectedOrders(days: 90), decimals: 2)) orders in 90 days, \(percentText(forecast.pAlive)) alive"
        ))
    }
    return facts
  }

  func write(to writer: inout JSONWriter) {
    writer.key("rfm")
    if let rfm {
      writer.beginObject()
      writer.member("r", rfm.score.r)
      writer.member("f", rfm.score.f)
      writer.member("m", rfm.score.m)
      writer.member("segment", rfm.segment)
      writer.member("as_of", asOf?.iso)
      writer.endObject()
    } else {
      writer.null()
    }
    writer.key("clv")
    if let forecast {
      writer.beginObject()
      writer.write(forecast)
      writer.member("model", fit?.chosen.rawValue)
      writer.member("fit_as_of", fit?.basis.asOf.iso)
      writer.endObject()
    } else {
      writer.null()
    }
  }
}
