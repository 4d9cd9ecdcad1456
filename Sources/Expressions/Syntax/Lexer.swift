import Events

/// Splits the text of an expression into tokens.
struct Lexer {
  /// Longer texts are refused, so that no stage has to fear its input.
  static let lengthMax = 16_384

  let scalars: [Unicode.Scalar]
  var position = 0

  static func tokens(of source: String) throws(ExpressionError) -> [Token] {
    var lexer = Lexer(scalars: Array(source.unicodeScalars))
    guard lexer.scalars.count <= lengthMax else {
      throw ExpressionError(column: lengthMax + 1, message: "an expression has at most \(lengthMax) characters")
    }
    var tokens: [Token] = []
    while let token = try lexer.next() { tokens.append(token) }
    let end = lexer.scalars.count
    return tokens + [Token(kind: .end, range: end..<end)]
  }

  private mutating func next() throws(ExpressionError) -> Token? {
    while let scalar = current, scalar.properties.isWhitespace { position += 1 }
    guard let scalar = current else { return nil }
    let start = position
    let kind = try kind(startingWith: scalar)
    return Token(kind: kind, range: start..<position)
  }

  private mutating func kind(startingWith scalar: Unicode.Scalar) throws(ExpressionError) -> Token.Kind {
    switch scalar {
    case "0"..."9": return .literal(try numberOrDate())
    case "'", "\"": return .literal(.text(try quoted(by: scalar, what: "text")))
    case "`": return .name(try quoted(by: scalar, what: "name"), isQuoted: true)
    case _ where Self.startsName(scalar): return .name(name(), isQuoted: false)
    default: return .symbol(try symbol())
    }
  }

  /// What stands between two marks; a mark within is written twice.
  private mutating func quoted(by mark: Unicode.Scalar, what: String) throws(ExpressionError) -> String {
    let start = position
    var content = String.UnicodeScalarView()
    position += 1
    while let scalar = current {
      position += 1
      if scalar != mark {
        content.append(scalar)
      } else if current == mark {
        content.append(scalar)
        position += 1
      } else {
        return String(content)
      }
    }
    throw ExpressionError(column: start + 1, message: "this \(what) is not closed; expected \(mark) at its end")
  }

  private mutating func name() -> String {
    let start = position
    while let scalar = current, Self.continuesName(scalar) { position += 1 }
    return text(start..<position)
  }

  private mutating func symbol() throws(ExpressionError) -> String {
    for length in [2, 1] where position + length <= scalars.count {
      let candidate = text(position..<(position + length))
      guard let symbol = Self.symbols[candidate] else { continue }
      position += length
      return symbol
    }
    throw ExpressionError(
      column: position + 1,
      message: "unexpected character \(scalars[position]); a name with odd characters stands in `backticks`")
  }

  /// Every spelling and the one that the parser knows.
  private static let symbols: [String: String] = [
    "==": "=", "<>": "!=", "!=": "!=", "<=": "<=", ">=": ">=", "=": "=", "<": "<", ">": ">", "+": "+", "-": "-",
    "*": "*", "/": "/", "(": "(", ")": ")", "[": "[", "]": "]", "{": "{", "}": "}", ",": ",", ":": ":", ".": ".",
    "@": "@",
  ]
}

extension Lexer {
  var current: Unicode.Scalar? { scalar(at: position) }

  func scalar(at position: Int) -> Unicode.Scalar? { position < scalars.count ? scalars[position] : nil }

  func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }

  static func startsName(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar == "$" || scalar.properties.isAlphabetic
  }

  /// Combining marks may follow: a name typed in decomposed form is one name.
  static func continuesName(_ scalar: Unicode.Scalar) -> Bool {
    startsName(scalar) || ("0"..."9").contains(scalar) || scalar.properties.canonicalCombiningClass != .notReordered
  }
}
