extension Parser {
  /// At most one comparison: `a = b = c` has no sensible meaning and is refused.
  mutating func comparison() throws(ExpressionError) -> Node {
    let start = mark
    let left = try sum()
    guard let compared = try comparison(of: left, from: start) else { return left }
    guard !startsComparison else {
      throw ExpressionError(column: current.column, message: "comparisons do not chain; join two of them with `and`")
    }
    return compared
  }

  private mutating func comparison(of left: Node, from start: Int) throws(ExpressionError) -> Node? {
    for operation in ComparisonOperator.allCases where skip(symbol: operation.rawValue) {
      let right = try sum()
      return try node(.comparison(operation, left, right), from: start)
    }
    if skip(keyword: "is") { return try nullTest(of: left, from: start) }
    let isNegated = current.isKeyword("not") && (next.isKeyword("in") || next.isKeyword("contains"))
    if isNegated { advance() }
    if skip(keyword: "in") {
      let candidates = try candidates()
      return try node(.membership(left, candidates, isNegated: isNegated), from: start)
    }
    guard skip(keyword: "contains") else { return nil }
    let right = try sum()
    let contains = try node(.contains(left, right), from: start)
    return isNegated ? try node(.not(contains), from: start) : contains
  }

  private var startsComparison: Bool {
    ComparisonOperator.allCases.contains { current.isSymbol($0.rawValue) }
      || ["is", "in", "contains"].contains { current.isKeyword($0) }
  }

  private mutating func nullTest(of operand: Node, from start: Int) throws(ExpressionError) -> Node {
    let isNegated = skip(keyword: "not")
    guard skip(keyword: "null") else { throw unexpected(isNegated ? "`null`" : "`null` or `not null`") }
    return try node(.isNull(operand, isNegated: isNegated), from: start)
  }

  private mutating func candidates() throws(ExpressionError) -> [Node] {
    try expect(symbol: "(", "before the values of `in`")
    return try list(upTo: ")", what: "the values of `in`")
  }

  /// At least one expression; the opening bracket has been read.
  mutating func list(upTo closing: String, what: String) throws(ExpressionError) -> [Node] {
    var elements = [try expression()]
    while skip(symbol: ",") { elements.append(try expression()) }
    guard skip(symbol: closing) else { throw unexpected("`,` or `\(closing)` after \(what)") }
    return elements
  }
}
