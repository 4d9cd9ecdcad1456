import TimeZones

extension Parser {
  mutating func call(of name: String) throws(ExpressionError) -> Node {
    let start = mark
    let function = try function(named: name)
    advance()
    try expect(symbol: "(", "after the function's name")
    if function.form.isValueMap { return try valueMap(from: start) }
    let arguments = skip(symbol: ")") ? [] : try list(upTo: ")", what: "the argument of `\(function.name)`")
    guard function.arity.contains(arguments.count) else {
      throw ExpressionError(
        column: column(of: start),
        message: "`\(function.name)` takes \(function.arityText), not \(arguments.count): \(function.signature)")
    }
    return try node(form(of: function, arguments), from: start)
  }

  private func function(named name: String) throws(ExpressionError) -> Function {
    if let function = Function.named(name.lowercased()) { return function }
    let suggestion = nearestName(to: name, in: Function.all.map(\.name)).map { "; did you mean `\($0)`?" }
    throw ExpressionError(
      column: current.column, message: "there is no function `\(name)`" + (suggestion ?? ""))
  }

  private func form(of function: Function, _ arguments: [Node]) throws(ExpressionError) -> Node.Form {
    switch function.form {
    case .values, .lazy, .valueMap: .call(function, arguments)
    case .aggregate(let aggregate):
      .aggregate(function, aggregate, list: arguments[0], body: arguments.count > 1 ? arguments[1] : nil)
    case .date: try date(arguments, of: function)
    case .isoDate:
      .date(arguments[0], form: .iso, zone: arguments.count > 1 ? try zone(arguments[1], of: function) : nil)
    }
  }

  /// Pattern and zone are literals, so that a mistake in them shows when the expression is compiled.
  private func date(_ arguments: [Node], of function: Function) throws(ExpressionError) -> Node.Form {
    .date(
      arguments[0],
      form: arguments.count > 1 ? .pattern(try format(arguments[1], of: function)) : .rfc3339,
      zone: arguments.count > 2 ? try zone(arguments[2], of: function) : nil)
  }

  private func format(_ argument: Node, of function: Function) throws(ExpressionError) -> TimeFormat {
    let pattern = try text(argument, what: "the pattern", of: function)
    do {
      return try TimeFormat(pattern: pattern)
    } catch {
      throw ExpressionError(column: argument.column, message: error.description)
    }
  }

  private func zone(_ argument: Node, of function: Function) throws(ExpressionError) -> TimeZone {
    let identifier = try text(argument, what: "the zone", of: function)
    do {
      return try TimeZone(identifier: identifier)
    } catch {
      throw ExpressionError(column: argument.column, message: error.description)
    }
  }

  private func text(_ argument: Node, what: String, of function: Function) throws(ExpressionError) -> String {
    guard case .literal(.text(let text)) = argument.form else {
      throw ExpressionError(column: argument.column, message: "\(what) of `\(function.name)` is a text in quotes")
    }
    return text
  }

  /// `map(x, {'a': 1, 'b': 2}, fallback)`; the opening parenthesis has been read.
  private mutating func valueMap(from start: Int) throws(ExpressionError) -> Node {
    let operand = try expression()
    try expect(symbol: ",", "and the entries in braces after the value to map")
    let entries = try entries()
    let fallback = skip(symbol: ",") ? try expression() : nil
    try expect(symbol: ")", "after the entries of `map` and their fallback")
    return try node(.valueMap(operand, entries: entries, fallback: fallback), from: start)
  }

  private mutating func entries() throws(ExpressionError) -> [(key: Literal, value: Node)] {
    try expect(symbol: "{", "before the entries of `map`")
    var entries = [try entry(after: [])]
    while skip(symbol: ",") { entries.append(try entry(after: entries)) }
    guard skip(symbol: "}") else { throw unexpected("`,` or `}` after an entry of `map`") }
    return entries
  }

  private mutating func entry(
    after others: [(key: Literal, value: Node)]
  ) throws(ExpressionError) -> (key: Literal, value: Node) {
    let key = try signed()
    guard case .literal(let literal) = key.form else {
      throw ExpressionError(column: key.column, message: "expected a literal as the key of an entry, such as 'paid'")
    }
    guard !others.contains(where: { $0.key.description == literal.description }) else {
      throw ExpressionError(column: key.column, message: "the key \(literal) stands here a second time")
    }
    try expect(symbol: ":", "between the key and the value of an entry")
    return (literal, try expression())
  }
}
