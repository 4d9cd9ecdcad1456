import Events
import Testing

@Suite struct BlockedPatternTests {
  private let typeNames = IdentifierRules.standard.types.map(\.name)

  private func fits(_ pattern: String, _ value: String, type: String = "email") throws -> Bool {
    try BlockedPattern(pattern, typeNames: typeNames).matches(Identifier(type: type, value: value))
  }

  @Test(
    "A pattern fits whole values",
    arguments: [
      ("*@example.com", "an@example.com"), ("*@example.com", "@example.com"), ("a?c", "abc"), ("a?c", "aếc"),
      ("an", "an"), ("AN@*", "an@b"), ("ab*", "ABC"), ("*b*", "abc"), ("**b**", "b"), ("a*b*c", "a-b-b-c"),
      ("\\*", "*"), ("\\?", "?"), ("\\\\", "\\"), ("\\a*", "abc"), ("*\\**", "a*b"), ("+8490*", "+84901234567"),
      ("khách ?ẻ", "khách lẻ"), ("e\u{301}*", "\u{E9}t"), ("a\u{200B}b", "ab"), ("*aab", "aaaab"), ("?*a", "ba"),
    ])
  func fitting(pattern: String, value: String) throws {
    #expect(try fits(pattern, value))
  }

  @Test(
    "A pattern fits no other value",
    arguments: [
      ("*@example.com", "an@example.com.vn"), ("a?c", "ac"), ("a?c", "abbc"), ("an", "ana"), ("an", "a"),
      ("\\*", "a"), ("\\*", "\\*"), ("*b*", "ac"), ("a*b*c", "a-c-b"), ("?*a", "a"), ("ẾX*", "ếx1"), ("a*", ""),
    ])
  func unfitting(pattern: String, value: String) throws {
    #expect(try !fits(pattern, value))
  }

  @Test("A type before the first colon confines the pattern, and only the name of a type does")
  func types() throws {
    let pattern = try BlockedPattern("email:*@example.com", typeNames: typeNames)
    #expect(pattern.type == "email" && pattern.description == "email:*@example.com")
    #expect(try fits("email:*@b", "an@b") && !fits("email:*@b", "an@b", type: "social_id"))
    #expect(try fits("fax:1*", "fax:12") && !fits("fax:1*", "12"))
    #expect(try fits("\\email:1*", "email:12", type: "social_id") && fits("email:a:b", "a:b"))
  }

  @Test(
    "What is no pattern is refused with its reason",
    arguments: [
      ("", .empty("")), ("email:", .empty("email:")), ("\u{200B}", .empty("\u{200B}")),
      ("a\\", .trailingBackslash("a\\")), ("phone:\\", .trailingBackslash("phone:\\")),
      ("*", .blocksEverything("*")), ("***", .blocksEverything("***")), ("email:*", .blocksEverything("email:*")),
      ("?*", .blocksEverything("?*")),
    ] as [(String, BlockedPatternError)])
  func errors(text: String, error: BlockedPatternError) {
    #expect(throws: error) { try BlockedPattern(text, typeNames: typeNames) }
  }

  @Test("The reasons say what to write instead")
  func errorTexts() {
    #expect(
      BlockedPatternError.empty("email:").description
        == "the blocked pattern 'email:' is empty; write a pattern such as email:*@example.com")
    #expect(
      BlockedPatternError.trailingBackslash("a\\").description
        == "the blocked pattern 'a\\' ends in a '\\' with nothing to escape; write '\\\\' for a backslash")
    #expect(
      BlockedPatternError.blocksEverything("*").description
        == "the blocked pattern '*' would block every value; name at least one character besides '*' and '?'")
  }

  @Test("A pattern agrees with the definition by recursion on random texts")
  func agreesWithDefinition() throws {
    var random = SeededGenerator(seed: 7201)
    for _ in 0..<20_000 {
      let glob = text(of: "aab**?", lengths: 1...7, using: &random) + "b"
      let value = text(of: "aaabb", lengths: 0...9, using: &random)
      #expect(try fits(glob, value) == isFit(Array(glob), Array(value)), "\(random) '\(glob)' '\(value)'")
    }
  }

  private func text(of characters: String, lengths: ClosedRange<Int>, using random: inout SeededGenerator) -> String {
    let choices = Array(characters)
    return String(
      (0..<Int.random(in: lengths, using: &random)).map { _ in
        choices[Int.random(in: 0..<choices.count, using: &random)]
      })
  }

  private func isFit(_ glob: [Character], _ value: [Character]) -> Bool {
    guard let first = glob.first else { return value.isEmpty }
    let rest = Array(glob.dropFirst())
    if first == "*" { return (0...value.count).contains { isFit(rest, Array(value[$0...])) } }
    guard let head = value.first, first == "?" || first == head else { return false }
    return isFit(rest, Array(value.dropFirst()))
  }

  @Test("Intake takes what a pattern blocks, and grouping does not")
  func rules() throws {
    let types = IdentifierRules.standard.types
    let pattern = try BlockedPattern("*@example.com", typeNames: typeNames)
    let rules = IdentifierRules(
      types: types, blocked: ["info@shop.vn", "KHÁCH LẺ"], blockedPatterns: [pattern], region: .vietNam)
    let address = Identifier(type: "email", value: "an@example.com")
    #expect(rules.normalise("An@Example.com", type: "email") == .success(address))
    #expect(rules.isBlocked(address))
    for value in ["info@shop.vn", "khách lẻ", "KHÁCH LẺ", "0-0", ""] {
      #expect(rules.isBlocked(Identifier(type: "social_id", value: value)), "\(value)")
    }
    for value in ["an@example.org", "khách", "test1"] {
      #expect(!rules.isBlocked(Identifier(type: "social_id", value: value)), "\(value)")
    }
  }
}
