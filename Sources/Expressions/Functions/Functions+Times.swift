import Events
import TimeZones

extension Function {
  static let times: [Function] = [
    Function(
      "date(text[, 'pattern'[, 'zone']])", 1...3,
      "The instant that a text says: RFC 3339, or by a pattern such as `'dd/MM/yyyy HH:mm'`, in the zone if it has no offset.",
      .date),
    Function(
      "iso_date(text[, 'zone'])", 1...2,
      "The instant of an ISO 8601 date-time whose seconds, fraction (1 to 9 digits) and offset may be missing, `T` or a blank between day and time; in the zone if it has no offset.",
      .isoDate),
    Function(
      "epoch(number)", 1...1,
      "Seconds, milliseconds or microseconds since 1970 as an instant, told apart by size: from 10^11 on they are milliseconds, from 10^14 on microseconds.",
      .values { (arguments, _) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        let number = try arguments.number(0)
        let size = number < .zero ? number.negated : number
        let perUnit: Int64 =
          size < ExactDecimal(100_000_000_000) ? 1_000_000 : size < ExactDecimal(100_000_000_000_000) ? 1000 : 1
        return .instant(try instant(number, perUnit, arguments[0]))
      }),
    Function(
      "epoch_seconds(number)", 1...1, "The instant so many seconds after 1970-01-01T00:00:00Z.", onEpoch(1_000_000)),
    Function(
      "epoch_milliseconds(number)", 1...1, "The instant so many milliseconds after 1970-01-01T00:00:00Z.", onEpoch(1000)
    ),
    Function(
      "day(instant)", 1...1, "The day on which an instant falls in the zone of the file.",
      .values { (arguments, context) throws(EvaluationError) in
        if arguments.startWithNull { return .null }
        guard let value = arguments[0].asTime() else {
          throw EvaluationError("expected an instant", value: arguments[0])
        }
        guard case .instant(let instant) = value else { return value }
        return .day(context.zone.civil(instant).date)
      }),
  ]

  /// Digits beyond the microsecond are cut off towards the past, so that the order of instants is kept.
  private static func onEpoch(_ microsecondsPerUnit: Int64) -> Form {
    .values { (arguments, _) throws(EvaluationError) in
      if arguments.startWithNull { return .null }
      return .instant(try instant(try arguments.number(0), microsecondsPerUnit, arguments[0]))
    }
  }

  private static func instant(
    _ number: ExactDecimal, _ microsecondsPerUnit: Int64, _ value: Value
  ) throws(EvaluationError) -> Instant {
    guard let microseconds = scaled(number, by: microsecondsPerUnit), Instant.rfc3339Range.contains(microseconds) else {
      throw EvaluationError("the instant lies outside the years 0 to 9999", value: value)
    }
    return Instant(microseconds: microseconds)
  }

  private static func scaled(_ number: ExactDecimal, by factor: Int64) -> Int64? {
    do {
      let product = try number.multiplied(by: ExactDecimal(factor))
      if let exact = product.int64 { return exact }
      let rounded = product.rounded(toScale: 0)
      return (rounded > product ? try rounded.subtracting(ExactDecimal(1)) : rounded).int64
    } catch {
      return nil
    }
  }
}
