import Events

extension ArithmeticOperator {
  /// Decimals of a quotient; more than any amount has, so that rounding it again gives the nearest amount.
  static let quotientScale = 18

  /// Null where an operand is. Between instants the difference is a number of seconds, and an instant plus or minus a number
  /// is so many seconds later or earlier. Sums, differences and products are exact; quotients are rounded to 18 decimals, halves
  /// away from zero.
  func apply(to left: Value, _ right: Value) throws(EvaluationError) -> Value {
    if case .instant(let instant) = left, let value = try apply(to: instant, right) { return value }
    guard let first = try left.asNumber(), let second = try right.asNumber() else { return .null }
    do {
      return .number(try apply(to: first, second))
    } catch {
      throw EvaluationError(error.description, value: error == .divisionByZero ? left : right)
    }
  }

  /// Nil for what has no meaning between points in time.
  private func apply(to left: Instant, _ right: Value) throws(EvaluationError) -> Value? {
    guard self == .add || self == .subtract else { return nil }
    if case .instant(let other) = right {
      guard self == .subtract else { return nil }
      return .number(ExactDecimal(significand: Int128(left.microseconds) - Int128(other.microseconds), scale: 6))
    }
    guard let seconds = try right.asNumber() else { return .null }
    do {
      guard let microseconds = try seconds.multiplied(by: ExactDecimal(1_000_000)).rounded(toScale: 0).int64 else {
        throw EvaluationError("so many seconds lead out of the calendar", value: right)
      }
      let (sum, isTooFar) =
        self == .add
        ? left.microseconds.addingReportingOverflow(microseconds)
        : left.microseconds.subtractingReportingOverflow(microseconds)
      guard !isTooFar, Instant.rfc3339Range.contains(sum) else {
        throw EvaluationError("so many seconds lead out of the calendar", value: right)
      }
      return .instant(Instant(microseconds: sum))
    } catch let error as EvaluationError {
      throw error
    } catch {
      throw EvaluationError("\(error)", value: right)
    }
  }

  private func apply(
    to left: ExactDecimal, _ right: ExactDecimal
  ) throws(ArithmeticOverflow) -> ExactDecimal {
    switch self {
    case .add: try left.adding(right)
    case .subtract: try left.subtracting(right)
    case .multiply: try left.multiplied(by: right)
    case .divide: try left.divided(by: right, scale: Self.quotientScale)
    }
  }
}
