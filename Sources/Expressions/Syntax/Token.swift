/// A word of the language and where it stands.
struct Token {
  enum Kind {
    case literal(Literal)
    /// A name; one in backticks is never a keyword or a function.
    case name(String, isQuoted: Bool)
    case symbol(String)
    case end
  }

  let kind: Kind
  /// In Unicode scalars from 0.
  let range: Range<Int>

  var column: Int { range.lowerBound + 1 }

  func isSymbol(_ symbol: String) -> Bool {
    if case .symbol(symbol) = kind { true } else { false }
  }

  /// Keywords are taken in any letter case.
  func isKeyword(_ keyword: String) -> Bool {
    guard case .name(let name, isQuoted: false) = kind else { return false }
    return name.utf8.count == keyword.utf8.count && name.lowercased() == keyword
  }
}

/// The words that cannot be names unless they stand in backticks.
enum Keyword {
  static let all: Set<String> = [
    "and", "or", "not", "in", "is", "null", "true", "false", "contains", "this", "parent",
  ]
}
