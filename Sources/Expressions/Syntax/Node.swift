import TimeZones

/// A part of a compiled expression: what it does, and how it was written, for messages.
final class Node: Sendable {
  let form: Form
  let source: String
  /// Where it begins, in Unicode scalars from 1.
  let column: Int
  /// Levels of nodes below and including this one: what evaluation needs of the stack.
  let depth: Int

  init(_ form: Form, source: String, column: Int) {
    self.form = form
    self.source = source
    self.column = column
    depth = 1 + (form.children.map(\.depth).max() ?? 0)
  }

  enum Form: Sendable {
    case literal(Literal)
    case path(Path)
    /// `@name` with the steps behind it: a named value of the document, by its place.
    case binding(String, Int, [Path.Step])
    case negative(Node)
    case not(Node)
    case arithmetic(ArithmeticOperator, Node, Node)
    case comparison(ComparisonOperator, Node, Node)
    case contains(Node, Node)
    case membership(Node, [Node], isNegated: Bool)
    case isNull(Node, isNegated: Bool)
    /// Any number of operands, so that a long chain is not a deep tree.
    case all([Node])
    case any([Node])
    case call(Function, [Node])
    /// The body is evaluated once for each element of the list, in the element's scope.
    case aggregate(Function, Aggregate, list: Node, body: Node?)
    case date(Node, form: DateForm, zone: TimeZone?)
    case valueMap(Node, entries: [(key: Literal, value: Node)], fallback: Node?)
  }
}

/// How a text says an instant.
enum DateForm: Sendable {
  case rfc3339
  case pattern(TimeFormat)
  /// ISO 8601 as systems really write it; see `ISODateTime`.
  case iso
}

enum ArithmeticOperator: String, Sendable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
}

enum ComparisonOperator: String, Sendable, CaseIterable {
  case equal = "="
  case unequal = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
}

/// A way from a scope to a value: `parent.customer.emails[0]`.
struct Path: Sendable, Equatable {
  enum Step: Sendable, Equatable {
    case field(String)
    /// From 0.
    case index(Int)
  }

  /// How many scopes outwards the way begins: the number of leading `parent`s.
  let levelsUp: Int
  /// Empty for `this` and for a bare `parent`.
  let steps: [Step]
  /// The names on the way, where it leads through several fields and nothing else.
  let names: [String]?

  init(levelsUp: Int = 0, steps: [Step]) {
    self.levelsUp = levelsUp
    self.steps = steps
    names = Self.names(of: steps)
  }

  private static func names(of steps: [Step]) -> [String]? {
    var names: [String] = []
    for step in steps {
      guard case .field(let name) = step else { return nil }
      names.append(name)
    }
    return names.count > 1 ? names : nil
  }
}

extension Node.Form {
  var children: [Node] {
    switch self {
    case .literal, .path, .binding: []
    case .negative(let operand), .not(let operand), .isNull(let operand, _): [operand]
    case .arithmetic(_, let left, let right), .comparison(_, let left, let right), .contains(let left, let right):
      [left, right]
    case .membership(let operand, let candidates, _): [operand] + candidates
    case .all(let operands), .any(let operands), .call(_, let operands): operands
    case .aggregate(_, _, let list, let body): [list] + (body.map { [$0] } ?? [])
    case .date(let text, _, _): [text]
    case .valueMap(let operand, let entries, let fallback):
      [operand] + entries.map(\.value) + (fallback.map { [$0] } ?? [])
    }
  }
}
