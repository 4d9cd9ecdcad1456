/// Character classes and escapes.
extension PatternTranslator {
  private static let digit = "0-9"
  private static let word = "0-9A-Za-z_"
  /// ECMA-262, sections 12.2 and 12.3: WhiteSpace and LineTerminator.
  /// One by one: the engine takes no range that ends at a character which normalises to another, as U+2000 does.
  private static let space = spaces.map(literal).joined()
  private static let spaces: [Unicode.Scalar] = [
    "\t", "\n", "\u{b}", "\u{c}", "\r", " ", "\u{a0}", "\u{1680}", "\u{2000}", "\u{2001}", "\u{2002}", "\u{2003}",
    "\u{2004}", "\u{2005}", "\u{2006}", "\u{2007}", "\u{2008}", "\u{2009}", "\u{200a}", "\u{2028}", "\u{2029}",
    "\u{202f}", "\u{205f}", "\u{3000}", "\u{feff}",
  ]

  /// What follows "[", up to its "]".
  mutating func characterClass() throws(PatternError) -> String {
    var isNegated = false
    if rest.first == "^" {
      rest.removeFirst()
      isNegated = true
    }
    var content = ""
    while let scalar = rest.popFirst() {
      if scalar == "]" { return finished(content, isNegated: isNegated) }
      content += try classMember(scalar)
    }
    throw error("\"[\" is not closed")
  }

  /// The empty class matches nothing, its negation everything; the engine knows neither.
  private func finished(_ content: String, isNegated: Bool) -> String {
    if content.isEmpty { return isNegated ? "[\\u{0}-\\u{10ffff}]" : "(?!)" }
    return "[" + (isNegated ? "^" : "") + content + "]"
  }

  private mutating func classMember(_ scalar: Unicode.Scalar) throws(PatternError) -> String {
    let start = scalar == "\\" ? try classOrLiteral(isInClass: true) : Self.literal(scalar)
    guard rest.first == "-", let end = rest.dropFirst().first, end != "]" else { return start }
    rest.removeFirst(2)
    let upper = end == "\\" ? try classOrLiteral(isInClass: true) : Self.literal(end)
    guard Self.isSingle(start), Self.isSingle(upper) else { throw error("a range must be between characters") }
    return start + "-" + upper
  }

  /// Whether a member of a class is one character.
  private static func isSingle(_ member: String) -> Bool {
    member.hasPrefix("\\u") && member.unicodeScalars.last == "}" && member.unicodeScalars.count { $0 == "{" } == 1
  }

  /// What follows "\": a class, or one character. Inside brackets a class is written without brackets of its own
  /// where it can be.
  mutating func classOrLiteral(isInClass: Bool) throws(PatternError) -> String {
    guard let scalar = rest.popFirst() else { throw error("\"\\\" at the end escapes nothing") }
    switch scalar {
    case "d": return isInClass ? Self.digit : "[\(Self.digit)]"
    case "w": return isInClass ? Self.word : "[\(Self.word)]"
    case "s": return isInClass ? Self.space : "[\(Self.space)]"
    case "D": return "[^\(Self.digit)]"
    case "W": return "[^\(Self.word)]"
    case "S": return "[^\(Self.space)]"
    case "p", "P": return try property(isNegated: scalar == "P")
    default: return Self.literal(try escapedCharacter(scalar, isInClass: isInClass))
    }
  }

  private mutating func property(isNegated: Bool) throws(PatternError) -> String {
    guard rest.popFirst() == "{" else { throw error("\"\\p\" must be followed by \"{\"") }
    var name = ""
    while let scalar = rest.popFirst() {
      if scalar == "}" { return "\\" + (isNegated ? "P" : "p") + "{" + name + "}" }
      guard scalar.isASCII, scalar.properties.isAlphabetic || scalar == "_" || scalar == "=" else { break }
      name.unicodeScalars.append(scalar)
    }
    throw error("the name of a Unicode property is malformed")
  }

  private mutating func escapedCharacter(
    _ scalar: Unicode.Scalar, isInClass: Bool
  ) throws(PatternError) -> Unicode.Scalar {
    switch scalar {
    case "t": return "\t"
    case "n": return "\n"
    case "v": return "\u{b}"
    case "f": return "\u{c}"
    case "r": return "\r"
    case "0": return "\0"
    case "b" where isInClass: return "\u{8}"
    case "c": return try controlCharacter()
    case "x": return try codePoint(digitCount: 2)
    case "u": return try unicodeEscape()
    case "a"..."z", "A"..."Z", "1"..."9": throw error("there is no escape \"\\\(scalar)\"")
    default: return scalar
    }
  }

  private mutating func controlCharacter() throws(PatternError) -> Unicode.Scalar {
    guard let letter = rest.popFirst(), letter.isASCII, letter.properties.isAlphabetic else {
      throw error("\"\\c\" must be followed by a letter")
    }
    return Unicode.Scalar(UInt8(letter.value & 31))
  }

  private mutating func unicodeEscape() throws(PatternError) -> Unicode.Scalar {
    guard rest.first == "{" else { return try codeUnits() }
    rest.removeFirst()
    var value: UInt32 = 0
    while let scalar = rest.popFirst() {
      if scalar == "}" { return try character(value) }
      guard let digit = scalar.hexadecimalValue, value < 0x110000 else { break }
      value = value << 4 | UInt32(digit)
    }
    throw error("\"\\u{\" must hold a code point in hexadecimal")
  }

  /// Four digits, or two times four for a surrogate pair.
  private mutating func codeUnits() throws(PatternError) -> Unicode.Scalar {
    let first = try hexadecimal(digitCount: 4)
    guard (0xD800..<0xDC00).contains(first), rest.starts(with: "\\u".unicodeScalars) else {
      return try character(first)
    }
    rest.removeFirst(2)
    let second = try hexadecimal(digitCount: 4)
    guard (0xDC00..<0xE000).contains(second) else { throw error("half of a surrogate pair stands alone") }
    return try character(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
  }

  private mutating func codePoint(digitCount: Int) throws(PatternError) -> Unicode.Scalar {
    try character(try hexadecimal(digitCount: digitCount))
  }

  private func character(_ value: UInt32) throws(PatternError) -> Unicode.Scalar {
    guard let scalar = Unicode.Scalar(value) else { throw error("there is no character of that code") }
    return scalar
  }

  private mutating func hexadecimal(digitCount: Int) throws(PatternError) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<digitCount {
      guard let digit = rest.popFirst()?.hexadecimalValue else {
        throw error("\(digitCount) hexadecimal digits are missing")
      }
      value = value << 4 | UInt32(digit)
    }
    return value
  }
}

extension Unicode.Scalar {
  fileprivate var hexadecimalValue: UInt8? { isASCII ? UInt8(truncatingIfNeeded: value).hexadecimalValue : nil }
}
