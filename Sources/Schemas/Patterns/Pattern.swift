/// A regular expression of ECMA-262, which JSON Schema prescribes for `pattern`, run by Swift's own engine.
///
/// Sendable: the expression comes from text alone, so it holds no closures, and the engine publishes atomically the
/// program that it lowers on first use.
struct Pattern: @unchecked Sendable {
  let source: String
  private let expression: Regex<AnyRegexOutput>

  /// - Throws: where the pattern is malformed, or uses what the engine has not got, such as lookbehind.
  init(_ source: String) throws(PatternError) {
    self.source = source
    var translator = PatternTranslator(source)
    let translated = try translator.translated()
    do {
      expression = try Regex(translated)
        .matchingSemantics(.unicodeScalar).asciiOnlyWordCharacters().wordBoundaryKind(.simple)
    } catch {
      throw PatternError(pattern: source, reason: "it is malformed or uses what is not supported")
    }
  }

  /// Whether the pattern occurs in a text; it is not anchored by itself. Allocates.
  func matches(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
    matches(String(decoding: utf8, as: UTF8.self))
  }

  func matches(_ text: String) -> Bool {
    do {
      return try expression.firstMatch(in: text) != nil
    } catch {
      // Only transformations written in Swift throw, and an expression made from text has none.
      return false
    }
  }
}
