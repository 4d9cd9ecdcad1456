import Events
import Testing

@Suite struct ExactDecimalTests {
  /// Small enough that no operation on three of them overflows.
  private func randomDecimal(_ random: inout SeededGenerator) -> ExactDecimal {
    let significand = Int128(Int64.random(in: -1_000_000_000...1_000_000_000, using: &random))
    return ExactDecimal(significand: significand, scale: Int.random(in: 0...6, using: &random))
  }

  /// The value × 10^12 as an integer: an independent model for values of scale 12 or less.
  private func model(_ decimal: ExactDecimal, scale: Int = 12) -> Int128 {
    (0..<(scale - decimal.scale)).reduce(decimal.significand) { value, _ in value * 10 }
  }

  @Test("Sum, difference, product and order agree with integers scaled by 10^12")
  func arithmeticAgreesWithIntegers() throws {
    var random = SeededGenerator(seed: 101)
    for _ in 0..<3000 {
      let (left, right) = (randomDecimal(&random), randomDecimal(&random))
      #expect(model(try left.adding(right)) == model(left) + model(right), "\(random) \(left) \(right)")
      #expect(model(try left.subtracting(right)) == model(left) - model(right), "\(random) \(left) \(right)")
      let product = model(left, scale: 6) * model(right, scale: 6)
      #expect(model(try left.multiplied(by: right)) == product, "\(random) \(left) \(right)")
      #expect((left < right) == (model(left) < model(right)), "\(random) \(left) \(right)")
      #expect((left == right) == (model(left) == model(right)), "\(random) \(left) \(right)")
    }
  }

  @Test("The laws of a ring hold: commutative, associative, distributive, with zero, one and negation")
  func ringLaws() throws {
    var random = SeededGenerator(seed: 102)
    for _ in 0..<1000 {
      let (a, b, c) = (randomDecimal(&random), randomDecimal(&random), randomDecimal(&random))
      #expect(try a.adding(b) == b.adding(a), "\(random)")
      #expect(try a.adding(b).adding(c) == a.adding(b.adding(c)), "\(random)")
      #expect(try a.multiplied(by: b) == b.multiplied(by: a), "\(random)")
      #expect(try a.multiplied(by: b.adding(c)) == a.multiplied(by: b).adding(a.multiplied(by: c)), "\(random)")
      #expect(try a.adding(a.negated) == .zero, "\(random)")
      #expect(try a.multiplied(by: ExactDecimal(1)) == a, "\(random)")
    }
  }

  @Test("Printing and parsing give the same value back, at every scale and sign")
  func printParseRoundTrip() {
    var random = SeededGenerator(seed: 103)
    for _ in 0..<3000 {
      let high = Int128(Int64.random(in: .min...(.max), using: &random))
      let shift = Int.random(in: 0...62, using: &random)
      let value = ExactDecimal(
        significand: high << Int128(shift), scale: Int.random(in: 0...30, using: &random))
      #expect(ExactDecimal(value.description) == value, "\(random) \(value)")
      #expect(!value.description.contains("e"), "\(random) \(value)")
    }
  }

  @Test("Equal values have equal parts and hashes, however they were written")
  func equalityIsByValue() throws {
    let spellings = [
      "1.1", "1.10", "1.1000000000000000000000000000000000000000", "11e-1", "0.11E1", "110e-2", "0.011e+2",
    ]
    for spelling in spellings {
      let value = try #require(ExactDecimal(spelling), "\(spelling)")
      #expect(value == ExactDecimal(significand: 11, scale: 1))
      #expect(value.hashValue == ExactDecimal(significand: 1100, scale: 3).hashValue)
      #expect(value.description == "1.1" && value.fractionDigits == 1)
    }
    #expect(ExactDecimal("-0.000") == .zero)
    #expect(ExactDecimal("0e999999999999999999999") == .zero)
  }

  @Test(
    "What is no JSON number is refused",
    arguments: [
      "", "-", "+1", "01", "-01", ".5", "5.", "1.e3", "1e", "1e+", "1e1.5", " 1", "1 ", "1,5", "0x1", "NaN",
      "Infinity", "1-", "--1", "1.2.3", "１",
    ])
  func malformedNumbersAreRefused(text: String) {
    #expect(ExactDecimal(text) == nil)
  }

  @Test("The limits are exact: 2^127 - 1 and 30 decimals are taken, one more is refused")
  func limits() {
    let greatest = "170141183460469231731687303715884105727"
    #expect(ExactDecimal(greatest)?.significand == .max)
    #expect(ExactDecimal("-" + greatest)?.description == "-" + greatest)
    #expect(ExactDecimal("170141183460469231731687303715884105728") == nil)
    #expect(ExactDecimal("-170141183460469231731687303715884105728") == nil)
    #expect(ExactDecimal("1e38") != nil && ExactDecimal("1e39") == nil && ExactDecimal("2e38") == nil)
    #expect(ExactDecimal("1e-30")?.scale == 30)
    #expect(ExactDecimal("1e-31") == nil)
    #expect(ExactDecimal("1000e-33")?.scale == 30)
    #expect(ExactDecimal("1e-99999999999999999999") == nil)
  }

  @Test("int64 and double give the value or say that they cannot")
  func conversions() {
    #expect(ExactDecimal("9223372036854775807")?.int64 == .max)
    #expect(ExactDecimal("9223372036854775808")?.int64 == nil)
    #expect(ExactDecimal("2.50")?.int64 == nil)
    #expect(ExactDecimal("0.1")?.double == 0.1)
    #expect(ExactDecimal("-12345678901234567890.125")?.double == -12345678901234567890.125)
    #expect(ExactDecimal("1e-30")?.double == 1e-30)
  }
}
