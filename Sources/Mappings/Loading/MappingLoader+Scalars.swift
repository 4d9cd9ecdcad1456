import Events
import Expressions
import YAML

extension MappingLoader {
  /// A constant, or an expression where the scalar begins with `=`. The names in expressions are not looked at.
  mutating func scalar(_ node: Node, _ what: String, in scopes: [NameScope]? = nil) -> Scalar? {
    guard visit(node) else { return nil }
    guard case .scalar(let scalar) = node else {
      report("expected one value for \(what)", at: node)
      return nil
    }
    if scalar.string.hasPrefix("=") {
      return compiled(scalar, node, in: scopes).map { .expression($0) }
    }
    guard let constant = Constant(scalar) else {
      report("there is no value for \(what); leave the key out, or write '' for an empty text", at: node)
      return nil
    }
    return .constant(constant)
  }

  /// An expression and nothing else.
  mutating func expression(_ node: Node, _ what: String, in scopes: [NameScope]) -> Expression? {
    switch scalar(node, what, in: scopes) {
    case .expression(let expression): return expression
    case .documentExpression(let expression): return expression
    case .constant(let constant):
      report("expected an expression for \(what); write `=\(constant.text)`", at: node)
      return nil
    case nil: return nil
    }
  }

  private mutating func compiled(_ scalar: Node.Scalar, _ node: Node, in scopes: [NameScope]?) -> Expression? {
    do {
      let expression = try Expression(String(scalar.string.dropFirst()), bindings: bindingNames)
      for use in expression.names(in: scopes ?? [.document]) where scopes != nil { note(use, scalar, node) }
      return expression
    } catch {
      report(error, scalar, node)
      return nil
    }
  }

  private mutating func note(_ use: NameUse, _ scalar: Node.Scalar, _ node: Node) {
    switch use.scope {
    case nil: report(ExpressionError(column: use.column, message: "there is no parent here"), scalar, node)
    case .document where use.name == "rows", .element: break
    case .document, .row:
      guard namesAreColumns else { break }
      columnUses.append(ColumnUse(name: use.name, file: file, line: node.mark.line))
    }
  }

  /// At its place in the file if the expression stands there as it reads; a place in an expression that YAML folds or
  /// unescapes is named in the message.
  private mutating func report(_ error: ExpressionError, _ scalar: Node.Scalar, _ node: Node) {
    let mark = node.mark
    let quote = scalar.style == .singleQuoted || scalar.style == .doubleQuoted ? 1 : 0
    let start = mark.column - 1 + quote
    let before = scalar.string.unicodeScalars.prefix(error.column)
    let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
    if line.unicodeScalars.dropFirst(start).starts(with: before) {
      report(error.message, line: mark.line, column: start + error.column + 1)
    } else {
      report("in the expression, \(error)", at: node)
    }
  }
}

extension Constant {
  /// Quoted scalars are texts; plain ones are numbers and truth values where JSON would have them so. Nil for null.
  init?(_ scalar: Node.Scalar) {
    let text = scalar.string
    guard scalar.style == .plain else {
      self = .text(text)
      return
    }
    switch text {
    case "", "~", "null", "Null", "NULL": return nil
    case "true", "True", "TRUE": self = .bool(true)
    case "false", "False", "FALSE": self = .bool(false)
    default: self = ExactDecimal(text) == nil ? .text(text) : .number(text)
    }
  }
}
