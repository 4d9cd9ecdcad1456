import Expressions
import Testing

@Suite("Arithmetic")
struct ArithmeticTests {
  @Test("Random arithmetic has the value that the shunting-yard algorithm gives it", arguments: 0..<40)
  func precedence(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let tokens = randomTokens(&generator, depth: 3)
      let source = tokens.joined(separator: Bool.random(using: &generator) ? " " : "")
      #expect(try evaluate(source) == String(shuntingYard(tokens)), "seed \(seed): \(source)")
    }
  }

  @Test("The normal form compiles to the same value and prints as itself", arguments: 0..<40)
  func normalForm(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let source = randomTokens(&generator, depth: 3).joined(separator: " ")
      let normal = try Expression(source).description
      #expect(try Expression(normal).description == normal, "seed \(seed): \(source)")
      #expect(try evaluate(normal) == evaluate(source), "seed \(seed): \(source) became \(normal)")
      #expect(normal.utf8.count <= source.utf8.count, "seed \(seed): \(source) became longer: \(normal)")
    }
  }

  @Test("The normal form of every construct compiles to itself")
  func normalForms() throws {
    for source in [
      "not (a = 1 and b <> 'x' or c is not null) and not d", "a in (1, 'two', b + 1) or a not in (3)",
      "name CONTAINS 'it''s' or tags not contains \"x\"", "sum(rows, quantity * (price - parent.discount)) / 2",
      "date(x, 'dd/MM/yyyy', 'Asia/Ho_Chi_Minh') >= 2026-03-01", "date(a, 'yyyy-MM-dd''T''HH:mm:ss')",
      "map(state, {'a': 'b', 1: -2}, null)", "`odd name`.b[0]['c d'].parent", "this.a = parent.parent.b", "-(-1)",
      "- -a", "2026-03-01T08:00:00+07:00 < `is`", "count(rows)", "a - (b - c) - d / (e / f) * -g", "((a or b) or c)",
      "(a and b) and c", "not (not a)", "parent is null", "this[2]", "concat(`this`, \"'\", '\"')",
    ] {
      let normal = try Expression(source).description
      #expect(try Expression(normal).description == normal, "\(source)")
    }
    #expect(try Expression("NOT a==1 AND ((b))<>(2*3) - -4").description == "not a = 1 and b != 2 * 3 - -4")
  }

  @Test("Decimals are exact, a quotient has at most 18 decimals")
  func exactness() throws {
    #expect(try evaluate("0.1 + 0.2") == "0.3")
    #expect(try evaluate("1.10 * 3") == "3.3")
    #expect(try evaluate("2 / 3") == "0.666666666666666667")
    #expect(try evaluate("-2 / 3") == "-0.666666666666666667")
    #expect(try evaluate("12345678901234567890 + 1") == "12345678901234567891")
  }

  @Test("Texts that say numbers count as numbers and null makes null")
  func coercion() throws {
    #expect(try evaluate("code * 2", order) == "14")
    #expect(try evaluate("' +1.50 ' + '.5'") == "2")
    #expect(try evaluate("note + 1", order) == "null")
    #expect(try evaluate("-note", order) == "null")
    #expect(try evaluate("-code", order) == "-7")
  }

  @Test("A time plus or minus a number is so many seconds later or earlier, and two times differ by seconds")
  func instants() throws {
    let time = "2026-03-01T08:00:00+07:00"
    #expect(try evaluate("\(time) + 90") == "2026-03-01T01:01:30Z")
    #expect(try evaluate("\(time) - 0.000001") == "2026-03-01T00:59:59.999999Z")
    #expect(try evaluate("\(time) + '60'") == "2026-03-01T01:01:00Z")
    #expect(try evaluate("\(time) - 2026-02-28T01:00:00Z") == "86400")
    #expect(try evaluate("epoch(0.5) - epoch(2)") == "-1.5")
    #expect(try evaluate("epoch_milliseconds(5) - epoch(0) + 1") == "1.005")
    #expect(try evaluate("\(time) + note", order) == "null")
    #expect(try evaluate("note - \(time)", order) == "null")
    for source in [
      "\(time) * 2", "\(time) / 2", "\(time) + \(time)", "\(time) + 'x'", "1 + \(time)", "-\(time)", "\(time) + true",
    ] {
      #expect(try evaluate(source).hasPrefix("error: "), "\(source)")
    }
    for seconds in ["99999999999999", "-99999999999999", "12345678901234567890123456789012345678"] {
      #expect(try evaluate("\(time) + \(seconds)").hasPrefix("error: "), "\(seconds)")
    }
  }

  @Test(
    "Adding seconds to a time and taking them off again gives the time, to the microsecond", arguments: UInt64(0)..<20)
  func instantsProperty(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<50 {
      let start = Int.random(in: 0...4_000_000_000_000_000, using: &generator)
      let difference = Int.random(in: -1_000_000_000_000_000...1_000_000_000_000_000, using: &generator)
      let time = "epoch_milliseconds(\(start) / 1000)"
      let seconds = "(\(difference) / 1000000)"
      #expect(
        try evaluate("\(time) + \(seconds) - \(seconds) = \(time)") == "true", "seed \(seed): \(start), \(difference)")
      #expect(
        try evaluate("\(time) + \(seconds) - \(time) = \(seconds)") == "true", "seed \(seed): \(start), \(difference)")
    }
  }

  /// Numbers, operators and parentheses, as separate words.
  private func randomTokens(_ generator: inout SeededGenerator, depth: Int) -> [String] {
    var tokens: [String] = []
    for position in 0...Int.random(in: 0...3, using: &generator) {
      if position > 0 { tokens.append(["+", "-", "*"].randomElement(using: &generator) ?? "+") }
      if depth > 0, Int.random(in: 0..<3, using: &generator) == 0 {
        tokens += ["("] + randomTokens(&generator, depth: depth - 1) + [")"]
      } else {
        tokens.append(String(Int.random(in: 0...9, using: &generator)))
      }
    }
    return tokens
  }

  /// Dijkstra's algorithm on two stacks: written apart from the parser under test.
  private func shuntingYard(_ tokens: [String]) -> Int {
    var values: [Int] = []
    var operators: [String] = []
    func reduce() {
      let (right, left) = (values.removeLast(), values.removeLast())
      switch operators.removeLast() {
      case "+": values.append(left + right)
      case "-": values.append(left - right)
      default: values.append(left * right)
      }
    }
    for token in tokens {
      switch token {
      case "(": operators.append(token)
      case ")":
        while operators.last != "(" { reduce() }
        operators.removeLast()
      case "+", "-", "*":
        while let top = operators.last, top != "(", top == "*" || token != "*" { reduce() }
        operators.append(token)
      default: values.append(Int(token) ?? 0)
      }
    }
    while !operators.isEmpty { reduce() }
    return values[0]
  }
}
