import Events

extension Parser {
  /// A literal, a path, a call, or an expression in parentheses.
  mutating func primary() throws(ExpressionError) -> Node {
    let start = mark
    switch current.kind {
    case .literal(let literal):
      advance()
      return try node(.literal(literal), from: start)
    case .name(let name, let isQuoted):
      if !isQuoted, let literal = constant(name) {
        advance()
        return try node(.literal(literal), from: start)
      }
      if !isQuoted, next.isSymbol("(") { return try call(of: name) }
      return try path()
    case .symbol("("): return try parenthesised()
    case .symbol("@"): return try binding()
    default: throw unexpected("a value")
    }
  }

  private func constant(_ name: String) -> Literal? {
    switch name.lowercased() {
    case "null": .null
    case "true": .bool(true)
    case "false": .bool(false)
    default: nil
    }
  }

  private mutating func parenthesised() throws(ExpressionError) -> Node {
    advance()
    let inner = try expression()
    guard skip(symbol: ")") else { throw unexpected("an operator or `)`") }
    return inner
  }

  private mutating func binding() throws(ExpressionError) -> Node {
    let start = mark
    advance()
    guard case .name(let name, _) = current.kind else { throw unexpected("a name of `let`") }
    guard let index = bindings.firstIndex(of: name) else {
      let suggestion = nearestName(to: name, in: bindings).map { "did you mean `@\($0)`?" }
      throw ExpressionError(
        column: column(of: start),
        message: "no `@\(name)` stands before this in `let`; " + (suggestion ?? "name it there first"))
    }
    advance()
    var steps: [Path.Step] = []
    while let step = try step() { steps.append(step) }
    return try node(.binding(name, index, steps), from: start)
  }

  private mutating func path() throws(ExpressionError) -> Node {
    let start = mark
    var levelsUp = 0
    var steps: [Path.Step] = []
    if skip(keyword: "this") {
    } else if skip(keyword: "parent") {
      levelsUp = 1
      while current.isSymbol("."), next.isKeyword("parent") {
        levelsUp += 1
        advance()
        advance()
      }
    } else {
      steps.append(.field(try fieldName()))
    }
    while let step = try step() { steps.append(step) }
    // Made at once: a path that grows finds its names anew with every step.
    return try node(.path(Path(levelsUp: levelsUp, steps: steps)), from: start)
  }

  private mutating func step() throws(ExpressionError) -> Path.Step? {
    if skip(symbol: ".") { return .field(try fieldName(afterPoint: true)) }
    guard skip(symbol: "[") else { return nil }
    guard case .literal(let literal) = current.kind, let step = Path.Step(literal) else {
      throw unexpected("a place in the list, counted from 0, or a field's name in quotes")
    }
    advance()
    try expect(symbol: "]", "after the place")
    return step
  }

  /// After a point every word is a name; elsewhere keywords are not.
  private mutating func fieldName(afterPoint: Bool = false) throws(ExpressionError) -> String {
    guard case .name(let name, let isQuoted) = current.kind else { throw unexpected("a field's name") }
    if !isQuoted, !afterPoint, Keyword.all.contains(name.lowercased()) { throw unexpected("a value") }
    advance()
    return name
  }
}

extension Path.Step {
  fileprivate init?(_ literal: Literal) {
    switch literal {
    case .text(let name): self = .field(name)
    case .number(let number):
      guard let index = number.int64 else { return nil }
      self = .index(Int(index))
    default: return nil
    }
  }
}
