import Events

extension ArithmeticOperator {
  /// Decimals of a quotient; more than any amount has, so that rounding it again gives the nearest amount.
  static let quotientScale = 18

  /// Null where an operand is. Sums, differences and products are exact; quotients are rounded to 18 decimals, halves
  /// away from zero.
  func apply(to left: Value, _ right: Value) throws(EvaluationError) -> Value {
    guard let first = try left.asNumber(), let second = try right.asNumber() else { return .null }
    do {
      return .number(try apply(to: first, second))
    } catch {
      throw EvaluationError(error.description, value: error == .divisionByZero ? left : right)
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
