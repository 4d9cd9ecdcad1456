import Schemas
import Testing

@Suite struct NumberTests {
  @Test("Numbers are compared by value, whatever their form and size")
  func equality() throws {
    let same = [
      ["1", "1.0", "1e0", "10e-1", "0.1e1", "100E-2", "0.001e+3"], ["0", "-0", "0.00", "0e999"], ["-2.50", "-25e-1"],
      ["123456789012345678901234567890.5", "1234567890123456789012345678905e-1"], ["1e400", "10e399"],
    ]
    for (group, numbers) in same.enumerated() {
      let schema = try compiled(#"{"const":\#(numbers[0])}"#)
      for number in numbers { #expect(try schema.accepts(number), "\(number) is \(numbers[0])") }
      for other in same[(group + 1)...].joined() {
        #expect(try !schema.accepts(other), "\(other) is not \(numbers[0])")
      }
    }
  }

  @Test("A number is an integer if its value is, however it is written")
  func integers() throws {
    let schema = try compiled(#"{"type":"integer"}"#)
    for number in ["0", "-0.0", "1.0", "1e3", "1.5e1", "-12", "1e400", "12345678901234567890123456789012345678901"] {
      #expect(try schema.accepts(number), "\(number)")
    }
    for number in ["0.5", "1e-1", "1.25e1", "1e-400", "12345678901234567890123456789012345678901.5"] {
      #expect(try !schema.accepts(number), "\(number)")
    }
  }

  /// A random decimal of a few digits, as integer thousandths and in a random notation of the same value.
  private func decimal(_ random: inout SeededGenerator) -> (thousandths: Int, text: String) {
    let thousandths = Int.random(in: -20_000...20_000, using: &random)
    let shift = Int.random(in: -6...6, using: &random)
    let zeros = String(repeating: "0", count: Int.random(in: 0...2, using: &random))
    let magnitude = "\(thousandths.magnitude)"
    let point = shift > 0 ? ".\(zeros)0e-3" : zeros.isEmpty ? "e-3" : "\(zeros)E-\(3 + zeros.count)"
    return (thousandths, (thousandths < 0 ? "-" : "") + magnitude + point)
  }

  @Test("Limits agree with integer arithmetic on the same numbers", arguments: [1, 2, 3] as [UInt64])
  func limits(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let (limit, limitText) = decimal(&random)
      let (value, valueText) = decimal(&random)
      let place: Comment = "seed \(seed): \(valueText) against \(limitText)"
      #expect(try compiled(#"{"minimum":\#(limitText)}"#).accepts(valueText) == (value >= limit), place)
      #expect(try compiled(#"{"maximum":\#(limitText)}"#).accepts(valueText) == (value <= limit), place)
      #expect(try compiled(#"{"exclusiveMinimum":\#(limitText)}"#).accepts(valueText) == (value > limit), place)
      #expect(try compiled(#"{"exclusiveMaximum":\#(limitText)}"#).accepts(valueText) == (value < limit), place)
      #expect(try compiled(#"{"const":\#(limitText)}"#).accepts(valueText) == (value == limit), place)
    }
  }

  @Test("multipleOf agrees with integer arithmetic on the same numbers", arguments: [4, 5, 6] as [UInt64])
  func multiples(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      let (value, valueText) = decimal(&random)
      let divisor = Int.random(in: 1...50, using: &random)
      let schema = try compiled(#"{"multipleOf":\#(divisor)e-3}"#)
      #expect(
        try schema.accepts(valueText) == value.isMultiple(of: divisor), "seed \(seed): \(valueText) by \(divisor)e-3")
    }
  }

  @Test("multipleOf is exact for numbers beyond any machine word")
  func largeMultiples() throws {
    #expect(try compiled(#"{"multipleOf":7}"#).accepts("7e300"))
    #expect(try !compiled(#"{"multipleOf":7}"#).accepts("1e300"))
    #expect(try compiled(#"{"multipleOf":0.0001}"#).accepts("123456789012345678901234567890.0001"))
    #expect(try !compiled(#"{"multipleOf":0.0001}"#).accepts("123456789012345678901234567890.00011"))
    #expect(try compiled(#"{"multipleOf":999999999999999999}"#).accepts("999999999999999999e5"))
  }
}
