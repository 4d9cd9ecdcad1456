import Events
import Testing

@Suite struct ExactDecimalRoundingTests {
  private func decimal(_ text: String) throws -> ExactDecimal { try #require(ExactDecimal(text), "\(text)") }

  @Test(
    "Halves are rounded away from zero",
    arguments: [
      ("2.5", 0, "3"), ("-2.5", 0, "-3"), ("2.49", 0, "2"), ("1.005", 2, "1.01"), ("-1.004", 2, "-1"),
      ("0.5", 0, "1"), ("0.4999", 0, "0"), ("12.3", 5, "12.3"), ("99.995", 2, "100"),
    ])
  func rounding(text: String, scale: Int, expected: String) throws {
    #expect(try decimal(text).rounded(toScale: scale) == decimal(expected))
  }

  @Test(
    "A quotient has the asked number of decimals, rounded",
    arguments: [
      ("1", "3", 4, "0.3333"), ("2", "3", 4, "0.6667"), ("-2", "3", 0, "-1"), ("1", "8", 2, "0.13"),
      ("100", "0.25", 2, "400"), ("0.000001", "1000", 4, "0"), ("5", "10", 0, "1"), ("-5", "10", 0, "-1"),
      ("1", "3", 30, "0.333333333333333333333333333333"),
      ("12345678901234", "24315.5", 20, "507728769.76554049885875264749"),
    ])
  func division(dividend: String, divisor: String, scale: Int, expected: String) throws {
    let quotient = try decimal(dividend).divided(by: decimal(divisor), scale: scale)
    #expect(quotient == (try decimal(expected)))
  }

  @Test("A quotient is at most half a unit of its last decimal away from the true one")
  func quotientIsNearest() throws {
    var random = SeededGenerator(seed: 111)
    for _ in 0..<2000 {
      let dividend = ExactDecimal(
        significand: Int128(Int64.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random)),
        scale: Int.random(in: 0...6, using: &random))
      let divisor = ExactDecimal(
        significand: Int128(Int64.random(in: 1...1_000_000, using: &random)),
        scale: Int.random(in: 0...6, using: &random))
      let scale = Int.random(in: 0...8, using: &random)
      let quotient = try dividend.divided(by: divisor, scale: scale)
      #expect(quotient.scale <= scale, "\(random)")
      // |dividend - quotient × divisor| × 2 <= divisor × 10^-scale
      let rest = try dividend.subtracting(quotient.multiplied(by: divisor))
      let magnitude = rest < .zero ? rest.negated : rest
      let unit = try divisor.multiplied(by: ExactDecimal(significand: 1, scale: scale))
      #expect(try magnitude.multiplied(by: ExactDecimal(2)) <= unit, "\(random) \(dividend) / \(divisor)")
    }
  }

  @Test("Division of and by the largest significands neither traps nor overflows in between")
  func divisionAtTheLimits() throws {
    let greatest = ExactDecimal(significand: .max, scale: 0)
    let finest = ExactDecimal(significand: .max, scale: 30)
    #expect(try greatest.divided(by: greatest, scale: 30) == ExactDecimal(1))
    #expect(try finest.divided(by: greatest, scale: 30) == ExactDecimal(significand: 1, scale: 30))
    #expect(try finest.divided(by: greatest, scale: 0) == .zero)
    #expect(try ExactDecimal(significand: .max - 1, scale: 0).divided(by: greatest, scale: 30) == ExactDecimal(1))
    #expect(throws: ArithmeticOverflow.division) { try greatest.divided(by: finest, scale: 30) }
    #expect(throws: ArithmeticOverflow.divisionByZero) { try greatest.divided(by: .zero, scale: 2) }
  }

  @Test("A result that does not fit is an error, not a wrong number")
  func overflow() throws {
    let greatest = ExactDecimal(significand: .max, scale: 0)
    let tenth = ExactDecimal(significand: 1, scale: 1)
    #expect(throws: ArithmeticOverflow.addition) { try greatest.adding(ExactDecimal(1)) }
    #expect(throws: ArithmeticOverflow.addition) { try greatest.adding(tenth) }
    #expect(throws: ArithmeticOverflow.subtraction) { try greatest.negated.subtracting(ExactDecimal(1)) }
    #expect(throws: ArithmeticOverflow.multiplication) { try greatest.multiplied(by: ExactDecimal(2)) }
    let tiny = ExactDecimal(significand: 1, scale: 16)
    #expect(throws: ArithmeticOverflow.multiplication) { try tiny.multiplied(by: tiny) }
    // 5e-15 × 2e-16 has 31 decimals of which the last is zero: it fits.
    let product = try ExactDecimal(significand: 5, scale: 15).multiplied(by: ExactDecimal(significand: 2, scale: 16))
    #expect(product == ExactDecimal(significand: 1, scale: 30))
  }

  @Test("Values too far apart to share a scale are still ordered")
  func orderOfFarValues() {
    let huge = ExactDecimal(significand: .max, scale: 0)
    let tiny = ExactDecimal(significand: 1, scale: 30)
    let ascending = [huge.negated, tiny.negated, .zero, tiny, huge]
    for (index, value) in ascending.enumerated() {
      for (other, right) in ascending.enumerated() { #expect((value < right) == (index < other)) }
    }
  }
}
