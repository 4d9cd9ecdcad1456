/// Rewrites a regular expression of ECMA-262 (with the flag "u") in the syntax of Swift's engine, so that it means the
/// same.
///
/// Every literal is written as its code point and every class spelt out; nothing is left to the engine's own defaults.
struct PatternTranslator {
  let source: String
  var rest: Substring.UnicodeScalarView
  private var output = ""
  private var groupDepth = 0
  /// Whether a quantifier may stand here.
  private var hasAtom = false

  init(_ source: String) {
    self.source = source
    rest = source[...].unicodeScalars
  }

  mutating func translated() throws(PatternError) -> String {
    while let scalar = rest.popFirst() { try translate(scalar) }
    guard groupDepth == 0 else { throw error("a group is not closed") }
    return output
  }

  func error(_ reason: String) -> PatternError { PatternError(pattern: source, reason: reason) }

  private mutating func translate(_ scalar: Unicode.Scalar) throws(PatternError) {
    switch scalar {
    case "^": emit("\\A", isAtom: false)
    case "$": emit("\\z", isAtom: false)
    case "|": emit("|", isAtom: false)
    case ".": emit("[^\\n\\r\\u{2028}\\u{2029}]", isAtom: true)
    case "(": try openGroup()
    case ")": try closeGroup()
    case "[": emit(try characterClass(), isAtom: true)
    case "\\": try escape()
    case "*", "+", "?": try quantify(String(scalar))
    case "{": try quantify(try repetition())
    case "]", "}": throw error("\"\(scalar)\" must be escaped")
    default: emit(Self.literal(scalar), isAtom: true)
    }
  }

  private mutating func emit(_ text: String, isAtom: Bool) {
    output += text
    hasAtom = isAtom
  }

  static func literal(_ scalar: Unicode.Scalar) -> String {
    "\\u{" + String(scalar.value, radix: 16) + "}"
  }

  private mutating func quantify(_ quantifier: String) throws(PatternError) {
    guard hasAtom else { throw error("\"\(quantifier)\" has nothing to repeat") }
    output += quantifier
    if rest.first == "?" {
      rest.removeFirst()
      output += "?"
    }
    hasAtom = false
  }

  /// What follows "{": "2}", "2,}" or "2,3}".
  private mutating func repetition() throws(PatternError) -> String {
    let least = digits()
    var text = "{" + least
    if rest.first == "," {
      rest.removeFirst()
      text += "," + digits()
    }
    guard !least.isEmpty, rest.popFirst() == "}" else { throw error("\"{\" must be escaped or begin a repetition") }
    return text + "}"
  }

  private mutating func digits() -> String {
    var digits = ""
    while let scalar = rest.first, ("0"..."9").contains(scalar) {
      digits.unicodeScalars.append(scalar)
      rest.removeFirst()
    }
    return digits
  }

  private mutating func openGroup() throws(PatternError) {
    groupDepth += 1
    guard rest.first == "?" else { return emit("(", isAtom: false) }
    rest.removeFirst()
    switch rest.popFirst() {
    case ":": emit("(?:", isAtom: false)
    case "=": emit("(?=", isAtom: false)
    case "!": emit("(?!", isAtom: false)
    case "<" where rest.first != "=" && rest.first != "!": emit("(?<\(try groupName())>", isAtom: false)
    case "<": throw error("lookbehind is not supported")
    default: throw error("\"(?\" must be followed by \":\", \"=\", \"!\" or \"<name>\"")
    }
  }

  private mutating func groupName() throws(PatternError) -> String {
    var name = ""
    while let scalar = rest.popFirst(), scalar != ">" { name.unicodeScalars.append(scalar) }
    let isName = name.unicodeScalars.allSatisfy { $0.isASCII && ($0.properties.isAlphabetic || $0 == "_") }
    guard !name.isEmpty, isName else { throw error("a group's name must be of ASCII letters") }
    return name
  }

  private mutating func closeGroup() throws(PatternError) {
    guard groupDepth > 0 else { throw error("\")\" closes nothing") }
    groupDepth -= 1
    emit(")", isAtom: true)
  }

  /// Outside of a class.
  private mutating func escape() throws(PatternError) {
    switch rest.first {
    case "b", "B": emit("\\" + String(rest.removeFirst()), isAtom: false)
    case "1", "2", "3", "4", "5", "6", "7", "8", "9", "k":
      throw error("references back to a group are not supported")
    default: emit(try classOrLiteral(isInClass: false), isAtom: true)
    }
  }
}
