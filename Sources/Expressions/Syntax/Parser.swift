import Events

/// A recursive-descent parser, one method for each level of precedence, loosest first:
/// `or`, `and`, `not`, comparisons, `+ -`, `* /`, the sign, paths and calls.
struct Parser {
  /// Deeper trees are refused, so that neither parsing nor evaluation can run out of stack.
  static let depthMax = 200
  /// Brackets within brackets; each takes about ten calls of the parser.
  static let nestingMax = 64

  let scalars: [Unicode.Scalar]
  let tokens: [Token]
  /// The names that may be asked for as `@name`.
  let bindings: [String]
  var position = 0
  private var nesting = 0

  init(source: String, tokens: [Token], bindings: [String]) {
    scalars = Array(source.unicodeScalars)
    self.tokens = tokens
    self.bindings = bindings
  }

  mutating func wholeExpression() throws(ExpressionError) -> Node {
    let root = try expression()
    guard case .end = current.kind else { throw unexpected("an operator or the end of the expression") }
    return root
  }

  mutating func expression() throws(ExpressionError) -> Node {
    nesting += 1
    defer { nesting -= 1 }
    guard nesting <= Self.nestingMax else { throw tooDeep(at: current.column) }
    return try chain(of: "or", { .any($0) }) { (parser) throws(ExpressionError) in
      try parser.chain(of: "and", { .all($0) }) { (parser) throws(ExpressionError) in try parser.negation() }
    }
  }

  private mutating func chain(
    of keyword: String, _ form: ([Node]) -> Node.Form,
    _ operand: (inout Parser) throws(ExpressionError) -> Node
  ) throws(ExpressionError) -> Node {
    let start = mark
    var operands = [try operand(&self)]
    while skip(keyword: keyword) { operands.append(try operand(&self)) }
    return operands.count == 1 ? operands[0] : try node(form(operands), from: start)
  }

  private mutating func negation() throws(ExpressionError) -> Node {
    let start = mark
    var count = 0
    while skip(keyword: "not") { count += 1 }
    var operand = try comparison()
    for _ in 0..<count { operand = try node(.not(operand), from: start) }
    return operand
  }

  mutating func sum() throws(ExpressionError) -> Node {
    let start = mark
    var left = try product()
    while let operation = skip(anyOf: [.add, .subtract]) {
      let right = try product()
      left = try node(.arithmetic(operation, left, right), from: start)
    }
    return left
  }

  private mutating func product() throws(ExpressionError) -> Node {
    let start = mark
    var left = try signed()
    while let operation = skip(anyOf: [.multiply, .divide]) {
      let right = try signed()
      left = try node(.arithmetic(operation, left, right), from: start)
    }
    return left
  }

  mutating func signed() throws(ExpressionError) -> Node {
    let start = mark
    var count = 0
    while skip(symbol: "-") { count += 1 }
    var operand = try primary()
    if count > 0, case .literal(.number(let number)) = operand.form, tokens[start + count].isNumber {
      operand = try node(.literal(.number(number.negated)), from: start)
      count -= 1
    }
    for _ in 0..<count { operand = try node(.negative(operand), from: start) }
    return operand
  }

  private mutating func skip(anyOf operations: [ArithmeticOperator]) -> ArithmeticOperator? {
    for operation in operations where skip(symbol: operation.rawValue) { return operation }
    return nil
  }
}
