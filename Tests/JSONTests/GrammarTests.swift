import JSON
import Testing

/// Recognises JSON by its grammar (RFC 8259), token by token: written apart from the parser under test.
private struct Recogniser {
  private var rest: ArraySlice<String>

  private init(_ tokens: [String]) { rest = tokens[...] }

  static func isJSON(_ tokens: [String]) -> Bool {
    var recogniser = Recogniser(tokens)
    return recogniser.value() && recogniser.rest.isEmpty
  }

  private mutating func take(_ token: String) -> Bool {
    guard rest.first == token else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func value() -> Bool {
    if take("{") { return take("}") || members() }
    if take("[") { return take("]") || elements() }
    return take("\"a\"") || take("1")
  }

  private mutating func members() -> Bool {
    guard take("\"a\""), take(":"), value() else { return false }
    return take("}") || (take(",") && members())
  }

  private mutating func elements() -> Bool {
    guard value() else { return false }
    return take("]") || (take(",") && elements())
  }
}

@Suite("JSON's grammar")
struct GrammarTests {
  private static let tokens = ["{", "}", "[", "]", ",", ":", "\"a\"", "1"]

  /// The text without blanks, or nil where the parser refuses it.
  private func taken(_ text: String, _ parser: JSONParser) -> String? {
    do {
      var writer = JSONWriter()
      writer.value(try parser.parse(text.utf8))
      return writer.text
    } catch {
      return error.reason == .duplicateKey ? "duplicate" : nil
    }
  }

  @Test(
    "Of all texts of up to six tokens those are taken that are JSON, and whole, with blanks and without",
    arguments: 1...6)
  func exhaustive(count: Int) {
    let parser = JSONParser()
    var wrong: [String] = []
    var number = 0
    let end = (0..<count).reduce(1) { power, _ in power * Self.tokens.count }
    while number < end {
      var (digits, words) = (number, [String]())
      for _ in 0..<count {
        words.append(Self.tokens[digits % Self.tokens.count])
        digits /= Self.tokens.count
      }
      number += 1
      let isJSON = Recogniser.isJSON(words)
      for separator in [" ", ""] where separator == " " || !Self.isAmbiguous(words) {
        let found = taken(words.joined(separator: separator), parser)
        let isRight = found == (isJSON ? words.joined() : nil) || (isJSON && found == "duplicate")
        if !isRight { wrong.append(words.joined(separator: separator)) }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.count), as \(wrong.prefix(5))")
  }

  /// Without blanks two numbers are one.
  private static func isAmbiguous(_ words: [String]) -> Bool {
    zip(words, words.dropFirst()).contains { $0 == "1" && $1 == "1" }
  }

  @Test(
    "A text that a colon follows is a key, and stands in an object only",
    arguments: [
      #"["a":1]]"#, #"{"x":["a":1]]}"#, #"{"x":["a" : {"b":2}]]}"#, #"{"a":"b":1}}"#, #"[["a":1]],2]"#,
      #"{"a":{"b":"c":[1]}},"d":2}"#, #"["é\n":1]]"#,
    ])
  func colons(text: String) {
    #expect(taken(text, JSONParser()) == nil)
  }
}
