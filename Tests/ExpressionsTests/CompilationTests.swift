import Expressions
import Testing

@Suite("Compilation")
struct CompilationTests {
  private func mistake(_ source: String) -> ExpressionError? {
    do {
      _ = try Expression(source)
      return nil
    } catch {
      return error
    }
  }

  @Test(
    "A mistake is reported with its column and what was expected",
    arguments: [
      ("", 1, "expected a value, but the expression ends"), ("1 +", 4, "expected a value, but the expression ends"),
      ("1 2", 3, "expected an operator or the end of the expression, but found `2`"),
      ("(1", 3, "expected an operator or `)`"),
      ("a = b = c", 7, "comparisons do not chain"),
      ("a is empty", 6, "expected `null` or `not null`, but found `empty`"),
      ("a is not 1", 10, "expected `null`, but found `1`"), ("a in 1", 6, "expected `(` before the values of `in`"),
      ("a in ()", 7, "expected a value"), ("a in (1", 8, "expected `,` or `)` after the values of `in`"),
      ("'abc", 1, "this text is not closed"), ("1 + `abc", 5, "this name is not closed"),
      ("1 # 2", 3, "unexpected character #"),
      ("cocnat(a)", 1, "there is no function `cocnat`; did you mean `concat`?"),
      ("zzzzzz(a)", 1, "there is no function `zzzzzz`"),
      ("1 + round()", 5, "`round` takes 1 to 2 arguments, not 0: round(number[, decimals])"),
      ("line(1)", 1, "`line` takes no arguments, not 1"), ("lower(a, b)", 1, "`lower` takes 1 argument, not 2"),
      ("concat(a", 9, "expected `,` or `)` after the argument of `concat`"),
      ("12abc", 3, "expected an operator after 12"),
      ("2026-02-30", 1, "the calendar has no day 2026-02-30"), ("1 = 2026-02-30T00:00:00Z", 5, "is no date-time"),
      ("2026-03-01T08:00:00", 1, "the offset from UTC is missing"),
      ("date(a, b)", 9, "the pattern of `date` is a text in quotes"),
      ("date(a, 'yyyy-QQ')", 9, "QQ"), ("date(a, 'yyyy-MM-dd', 'Mars/Olympus')", 23, "Mars/Olympus"),
      ("map(a, {b: 1})", 9, "expected a literal as the key"), ("map(a, {'b' 1})", 13, "expected `:`"),
      ("map(a, {'b': 1, 'b': 2})", 17, "the key 'b' stands here a second time"), ("map(a, 1)", 8, "expected `{`"),
      ("map(a, {'b': 1)", 15, "expected `,` or `}` after an entry of `map`"), ("a.", 3, "expected a field's name"),
      ("a[b]", 3, "expected a place in the list"), ("a[0", 4, "expected `]`"),
      ("and", 1, "expected a value, but found `and`"),
      ("tên = 'x' và b", 11, "but found `và`"), ("not", 4, "expected a value, but the expression ends"),
    ] as [(String, Int, String)])
  func mistakes(source: String, column: Int, message: String) {
    let found = mistake(source)
    #expect(found?.column == column, "\(source): \(String(describing: found))")
    #expect(found?.message.contains(message) == true, "\(source): \(String(describing: found))")
  }

  @Test("Whatever is fed to it, the compiler answers with an expression or a column within the text", arguments: 0..<40)
  func soup(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let words = [
      "a", "1", "'t'", "(", ")", "[", "]", "{", "}", ",", ".", ":", "+", "-", "*", "/", "=", "<", "and", "or", "not",
      "is", "in",
      "null", "contains", "sum(", "map(", "date(", "if(", "2026-03-01", "this", "parent", "`x`", "'", "\u{301}", "0x",
      "this[", "é",
    ]
    for _ in 0..<200 {
      let count = Int.random(in: 1...12, using: &generator)
      let source = (0..<count).map { _ in words.randomElement(using: &generator) ?? "" }.joined(separator: " ")
      do {
        let normal = try Expression(source).description
        #expect(mistake(normal) == nil, "seed \(seed): \(source) became \(normal)")
      } catch {
        #expect((1...(source.unicodeScalars.count + 1)).contains(error.column), "seed \(seed): \(source): \(error)")
      }
    }
  }

  @Test("Depth and length are limited, long chains of `and` and `or` are not deep")
  func limits() throws {
    func nested(_ count: Int) -> String {
      String(repeating: "(", count: count) + "1" + String(repeating: ")", count: count)
    }
    #expect(mistake(nested(50)) == nil)
    #expect(mistake(nested(5000))?.message.contains("nested too deeply") == true)
    #expect(try evaluate(Array(repeating: "1", count: 199).joined(separator: "+")) == "199")
    #expect(try evaluate(nested(60)) == "1")
    #expect(
      mistake(Array(repeating: "1", count: 5000).joined(separator: "+"))?.message.contains("nested too deeply") == true)
    #expect(mistake(String(repeating: "not ", count: 1000) + "a")?.message.contains("nested too deeply") == true)
    #expect(mistake(String(repeating: "-", count: 1000) + "a")?.message.contains("nested too deeply") == true)
    #expect(try evaluate(Array(repeating: "a = 1", count: 1000).joined(separator: " or ")) == "false")
    #expect(mistake(String(repeating: " ", count: 20000))?.message.contains("at most 16384 characters") == true)
  }

  @Test("Names are listed with what they are asked of, so that misspelt ones can be found before there is data")
  func names() throws {
    let uses = try Expression("a.b = 1 and sum(rows, x * parent.y) > count(items, z = parent.parent.w)").names()
    #expect(uses.map(\.name) == ["a", "rows", "x", "y", "items", "z", "w"])
    #expect(uses.map(\.scope) == [.document, .document, .row, .document, .document, .element, nil])
    #expect(uses.map(\.column) == [1, 17, 23, 27, 45, 52, 56])
  }

  @Test(
    "It is known beforehand whether anything but fields is asked for",
    arguments: [
      ("a.b = 1 and lower(c) = 'x'", false), ("this.a = 1", false), ("hash(this)", true),
      ("a = 1 or scalars(this) = b", true),
      ("sum(rows, x)", false), ("count(items, this = 'A') > 0", true), ("1 + 2", false),
    ])
  func wholeScopes(source: String, expected: Bool) throws {
    #expect(try Expression(source).asksForWholeScopes == expected)
  }

  @Test("A failing part is named with its value")
  func evaluationErrors() throws {
    let fields: KeyValuePairs<String, Value> = ["a": .text("x"), "b": .number("0")]
    #expect(try evaluate("1 + a * 2", fields) == "error: this is not a number: 'x', in `a * 2`")
    #expect(try evaluate("1 + 2/b", fields) == "error: a number cannot be divided by zero: 2, in `2/b`")
    #expect(try evaluate("true and a + 1 = 2", fields).hasSuffix("in `a + 1`"))
    #expect(try evaluate("-(a) < 1", fields).hasSuffix("in `-(a)`"))
    #expect(try evaluate("1 in (2, a - 1)", fields).hasSuffix("in `a - 1`"))
    #expect(try evaluate("a and true", fields) == "error: expected true or false: 'x', in `a`")
    #expect(try evaluate("date(a, 'yyyy-MM-dd')", fields).hasSuffix(": 'x', in `date(a, 'yyyy-MM-dd')`"))
    #expect(try evaluate("-this", fields) == "error: a record is not a number: a record, in `-this`")
    #expect(
      try evaluate("99999999999999999999999999999999999999 * 99", fields).contains(
        "the product needs more than 38 digits"))
    #expect(try evaluate("this contains 1", fields).hasPrefix("error: `contains` asks a text or a list"))
  }
}
