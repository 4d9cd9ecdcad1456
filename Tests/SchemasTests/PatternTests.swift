import Schemas
import Testing

@Suite struct PatternTests {
  private func quoted(_ text: String) -> String {
    "\""
      + text.unicodeScalars.map { $0.value < 0x20 || "\"\\".unicodeScalars.contains($0) ? escaped($0) : String($0) }
      .joined() + "\""
  }

  private func escaped(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }

  private func schema(_ pattern: String) throws -> CompiledSchema { try compiled(#"{"pattern":\#(quoted(pattern))}"#) }

  @Test(
    "A pattern means what ECMA-262 says, not what the engine would say by itself",
    arguments: [
      ("^\\d+$", ["0", "123"], ["", "١", "1\n"]),
      ("^\\w$", ["a", "_", "9"], ["ư", "-", ""]),
      ("^\\s$", [" ", "\t", "\u{a0}", "\u{feff}", "\u{2028}"], ["a", "\u{200b}"]),
      ("^\\S$", ["a", "ư"], [" ", "\u{a0}"]),
      ("^.$", ["a", "😀", "\u{b}"], ["\n", "\r", "\u{2028}", "ab", "e\u{301}"]),
      ("b$", ["ab"], ["b\n", "ba"]),
      ("a|^b", ["xa", "bx"], ["xb"]),
      ("^[\\d_-]+$", ["1_-"], ["a", "["]),
      ("^[^\\W5]$", ["4", "a"], ["5", "-"]),
      ("^[a&&b\\]~~[]+$", ["a&b]~["], ["c"]),
      ("^[\\x41-\\u0043]$", ["A", "B", "C"], ["D", "-"]),
      ("^\\u{1F600}\\uD83D\\uDE00$", ["😀😀"], ["😀"]),
      ("^(?:ab){2,3}?$", ["abab", "ababab"], ["ab", "abababab"]),
      ("^(?=a)(?!ab).+$", ["ac"], ["ab", "c"]),
      ("^(?<year>\\d{4})-\\d{2}$", ["2026-02"], ["26-02"]),
      ("\\bcat\\b", ["a cat.", "ưcat"], ["cats", "_cat"]),
      ("^\\p{Lu}\\P{L}$", ["Ư1"], ["ư1", "Ưa"]),
      ("^[\\p{L}\\s]+$", ["Hồ sơ"], ["a1"]),
      ("^#a b$", ["#a b"], ["#ab"]),
      ("^\\cJ\\0\\/\\.$", ["\n\0/."], ["J0/."]),
      ("[]", [], ["", "a"]),
      ("^[^]$", ["a", "\n"], [""]),
      ("ö", ["\u{f6}"], ["o\u{308}"]),
    ] as [(String, [String], [String])])
  func meaning(pattern: String, matching: [String], others: [String]) throws {
    let schema = try schema(pattern)
    for text in matching { #expect(try schema.accepts(quoted(text)), "\(pattern) matches \(quoted(text))") }
    for text in others { #expect(try !schema.accepts(quoted(text)), "\(pattern) does not match \(quoted(text))") }
  }

  @Test(
    "A pattern that is malformed or not supported is refused when the schema is compiled",
    arguments: [
      "(", ")", "a)", "[a", "*", "a{", "a{2", "a++", "{1}", "]", "\\", "\\q", "(?<=a)b", "(a)\\1", "\\k<a>", "(?i)a",
      "[b-a]", "[\\d-z]", "\\u{110000}", "\\ud800", "\\p{Nonsense}", "\\x4",
    ])
  func refusals(pattern: String) {
    let error = #expect(throws: SchemaCompileError.self) { try schema(pattern) }
    #expect(error?.pointer == "/pattern")
    #expect(error?.reason.hasPrefix("the pattern \(pattern) cannot be used: ") == true)
  }

  @Test("Patterns look at strings only, and at names in patternProperties")
  func subjects() throws {
    #expect(try schema("a").accepts("1"))
    let members = try compiled(#"{"patternProperties":{"^x-":{"type":"string"}},"additionalProperties":false}"#)
    #expect(try members.accepts(#"{"x-a":"1"}"#))
    #expect(try !members.accepts(#"{"x-a":1}"#))
    #expect(try !members.accepts(#"{"y":"1"}"#))
  }
}
