import Events

/// A multiplication or division by an exact decimal, for changes of unit.
struct Scaling: Sendable {
  enum Rounding: String, Sendable, CaseIterable {
    /// Halves away from zero.
    case halfUp = "half_up"
    /// Halves to the even neighbour.
    case halfEven = "half_even"
    /// Towards zero.
    case down
  }

  let factor: ExactDecimal
  let divides: Bool
  /// Nil where the result must be exact.
  let rounding: (decimals: Int, Rounding)?

  /// The result; nil where it has no end and no rounding is given. Throws where it does not fit 38 digits.
  func apply(to value: ExactDecimal) throws(ArithmeticOverflow) -> ExactDecimal? {
    guard let (decimals, rounding) = rounding else {
      return divides ? try exactQuotient(value) : try value.multiplied(by: factor)
    }
    return divides
      ? try rounding.quotient(value, factor, decimals: decimals)
      : try rounding.quotient(try value.multiplied(by: factor), ExactDecimal(1), decimals: decimals)
  }

  private func exactQuotient(_ value: ExactDecimal) throws(ArithmeticOverflow) -> ExactDecimal? {
    for decimals in 0...ExactDecimal.greatestScale {
      let quotient = try value.divided(by: factor, scale: decimals)
      if try quotient.multiplied(by: factor) == value { return quotient }
    }
    return nil
  }
}

extension Scaling.Rounding {
  /// dividend / divisor with so many decimals. Throws where that needs more than 38 digits.
  func quotient(
    _ dividend: ExactDecimal, _ divisor: ExactDecimal, decimals: Int
  ) throws(ArithmeticOverflow) -> ExactDecimal {
    let nearest = try dividend.divided(by: divisor, scale: decimals)
    let excess = try nearest.multiplied(by: divisor).subtracting(dividend).magnitude
    let unit = ExactDecimal(significand: 1, scale: decimals)
    let wentUp = try nearest.multiplied(by: divisor).magnitude > dividend.magnitude
    let isTie = try excess.adding(excess) == unit.multiplied(by: divisor).magnitude
    let goesBack =
      switch self {
      case .halfUp: false
      case .down: wentUp
      case .halfEven: wentUp && isTie && nearest.isOdd(decimals: decimals)
      }
    guard goesBack else { return nearest }
    return nearest.significand < 0 ? try nearest.adding(unit) : try nearest.subtracting(unit)
  }
}

extension ExactDecimal {
  fileprivate var magnitude: ExactDecimal { significand < 0 ? negated : self }

  /// Whether the last of so many decimals is odd. Trailing zeros are never kept, so a shorter scale ends on a zero.
  fileprivate func isOdd(decimals: Int) -> Bool { scale == decimals && significand % 2 != 0 }
}
