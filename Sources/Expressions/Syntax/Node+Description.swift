import TimeZones

/// Prints the normal form: parentheses only where precedence needs them.
extension Node: CustomStringConvertible {
  var description: String {
    switch form {
    case .literal(let literal): literal.description
    case .path(let path): path.description
    case .binding(let name, _, let steps): Path.printed(steps, behind: "@" + name)
    case .negative(let operand): "-" + operand.printed(atLeast: .sign, isSigned: true)
    case .not(let operand): "not " + operand.printed(atLeast: .not)
    case .arithmetic(let operation, let left, let right):
      "\(left.printed(atLeast: precedence)) \(operation.rawValue) \(right.printed(above: precedence))"
    case .comparison(let operation, let left, let right):
      "\(left.printed(atLeast: .sum)) \(operation.rawValue) \(right.printed(atLeast: .sum))"
    case .contains(let left, let right): "\(left.printed(atLeast: .sum)) contains \(right.printed(atLeast: .sum))"
    case .membership(let operand, let candidates, let isNegated):
      "\(operand.printed(atLeast: .sum)) \(isNegated ? "not " : "")in (\(Self.joined(candidates)))"
    case .isNull(let operand, let isNegated): "\(operand.printed(atLeast: .sum)) is \(isNegated ? "not " : "")null"
    case .all(let operands): operands.map { $0.printed(above: .and) }.joined(separator: " and ")
    case .any(let operands): operands.map { $0.printed(above: .or) }.joined(separator: " or ")
    case .call, .aggregate, .date, .valueMap: printedCall
    }
  }

  private var printedCall: String {
    switch form {
    case .call(let function, let arguments): "\(function.name)(\(Self.joined(arguments)))"
    case .aggregate(let function, _, let list, let body):
      "\(function.name)(\(Self.joined([list] + (body.map { [$0] } ?? []))))"
    case .date(let text, let form, let zone):
      form.functionName + "("
        + ([text.description] + [form.pattern, zone?.identifier].compactMap(\.self).map(Self.quoted))
        .joined(separator: ", ") + ")"
    case .valueMap(let operand, let entries, let fallback):
      "map(\(operand), {\(entries.map { "\($0.key): \($0.value)" }.joined(separator: ", "))}"
        + (fallback.map { ", \($0)" } ?? "") + ")"
    default: ""
    }
  }

  private static func joined(_ nodes: [Node]) -> String { nodes.map(\.description).joined(separator: ", ") }
  private static func quoted(_ text: String) -> String { Literal.quoted(text, "'") }

  private func printed(atLeast minimum: Precedence, isSigned: Bool = false) -> String {
    // A number after a sign would become one negative literal.
    let needsParentheses = precedence < minimum || isSigned && isNumber
    return needsParentheses ? "(\(description))" : description
  }

  private func printed(above limit: Precedence) -> String {
    precedence > limit ? description : "(\(description))"
  }

  private var isNumber: Bool {
    if case .literal(.number) = form { true } else { false }
  }
}

extension DateForm {
  fileprivate var functionName: String {
    if case .iso = self { "iso_date" } else { "date" }
  }

  fileprivate var pattern: String? {
    if case .pattern(let format) = self { format.pattern } else { nil }
  }
}

/// How tightly operators bind, loosest first.
enum Precedence: Int, Comparable {
  case or, and, not, comparison, sum, product, sign, primary

  static func < (left: Precedence, right: Precedence) -> Bool { left.rawValue < right.rawValue }
}

extension Node {
  var precedence: Precedence {
    switch form {
    case .any: .or
    case .all: .and
    case .not: .not
    case .comparison, .contains, .membership, .isNull: .comparison
    case .arithmetic(.add, _, _), .arithmetic(.subtract, _, _): .sum
    case .arithmetic: .product
    case .negative: .sign
    case .literal, .path, .binding, .call, .aggregate, .date, .valueMap: .primary
    }
  }
}

extension Path: CustomStringConvertible {
  var description: String {
    let root = levelsUp > 0 ? Array(repeating: "parent", count: levelsUp).joined(separator: ".") : ""
    guard !steps.isEmpty else { return levelsUp > 0 ? root : "this" }
    return Self.printed(steps, behind: root)
  }

  fileprivate static func printed(_ steps: [Step], behind root: String) -> String {
    steps.enumerated().reduce(root) { printed, step in
      switch step.element {
      case .index(let index): (printed.isEmpty ? "this" : printed) + "[\(index)]"
      case .field(let name): printed + (printed.isEmpty ? "" : ".") + Self.printed(name)
      }
    }
  }

  private static func printed(_ name: String) -> String {
    let scalars = name.unicodeScalars
    let isPlain =
      scalars.first.map(Lexer.startsName) ?? false && scalars.allSatisfy(Lexer.continuesName)
      && !Keyword.all.contains(name.lowercased())
    return isPlain ? name : Literal.quoted(name, "`")
  }
}
