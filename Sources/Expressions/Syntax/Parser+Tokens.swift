/// The parser's place among the tokens, and the nodes and errors that are made there.
extension Parser {
  /// The index of the token that a node begins with.
  var mark: Int { position }
  var current: Token { tokens[position] }
  var next: Token { tokens[min(position + 1, tokens.count - 1)] }

  /// In Unicode scalars from 1.
  func column(of mark: Int) -> Int { tokens[mark].column }

  mutating func advance() { position = min(position + 1, tokens.count - 1) }

  mutating func skip(symbol: String) -> Bool { skip(if: current.isSymbol(symbol)) }
  mutating func skip(keyword: String) -> Bool { skip(if: current.isKeyword(keyword)) }

  private mutating func skip(if matches: Bool) -> Bool {
    if matches { advance() }
    return matches
  }

  mutating func expect(symbol: String, _ purpose: String) throws(ExpressionError) {
    guard skip(symbol: symbol) else { throw unexpected("`\(symbol)` \(purpose)") }
  }

  /// A node that began at a mark and ends before the current token. The parts of the form must have been parsed before
  /// the call: Swift takes this copy of the parser before it evaluates the arguments.
  func node(_ form: Node.Form, from mark: Int) throws(ExpressionError) -> Node {
    let range = tokens[mark].range.lowerBound..<tokens[max(mark, position - 1)].range.upperBound
    let node = Node(form, source: text(range), column: range.lowerBound + 1)
    guard node.depth <= Self.depthMax else { throw tooDeep(at: node.column) }
    return node
  }

  func unexpected(_ expected: String) -> ExpressionError {
    let found = if case .end = current.kind { "the expression ends" } else { "found `\(text(current.range))`" }
    return ExpressionError(column: current.column, message: "expected \(expected), but \(found)")
  }

  func tooDeep(at column: Int) -> ExpressionError {
    ExpressionError(column: column, message: "the expression is nested too deeply; split it")
  }

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars[range])
    return String(view)
  }
}

extension Token {
  var isNumber: Bool {
    if case .literal(.number) = kind { true } else { false }
  }
}
