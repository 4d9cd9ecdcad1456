import Expressions
import YAML

extension MappingLoader {
  /// The members of a mapping by name; unknown names are mistakes.
  mutating func members(of node: Node, _ what: String, allowed: [String]) -> [String: Node]? {
    guard let pairs = pairs(of: node, what) else { return nil }
    var members: [String: Node] = [:]
    for (key, name, value) in pairs {
      if allowed.contains(name) {
        members[name] = value
      } else {
        let suggestion = nearestName(to: name, in: allowed).map { "; did you mean `\($0)`?" }
        let keys = allowed.map { "`\($0)`" }.joined(separator: ", ")
        report("\(what) has no key `\(name)`" + (suggestion ?? "; its keys are \(keys)"), at: key)
      }
    }
    return members
  }

  /// The members of a mapping in the order of the file.
  mutating func pairs(of node: Node, _ what: String) -> [(key: Node, name: String, value: Node)]? {
    guard visit(node) else { return nil }
    guard let mapping = node.mapping else {
      report("expected keys and values for \(what)", at: node)
      return nil
    }
    var pairs: [(key: Node, name: String, value: Node)] = []
    for (key, value) in mapping {
      guard case .scalar(let scalar) = key else {
        report("expected a name as key", at: key)
        continue
      }
      pairs.append((key, scalar.string, value))
    }
    return pairs
  }

  mutating func elements(of node: Node, _ what: String) -> [Node]? {
    guard visit(node) else { return nil }
    guard let sequence = node.sequence else {
      report("expected a list of \(what)", at: node)
      return nil
    }
    return sequence
  }

  mutating func required(_ name: String, in members: [String: Node], of node: Node, _ what: String) -> Node? {
    if let member = members[name] { return member }
    report("\(what) lacks the key `\(name)`", at: node)
    return nil
  }

  /// A constant; nil with a mistake for null, lists, mappings and expressions.
  mutating func constant(_ node: Node, _ what: String) -> Constant? {
    switch scalar(node, what) {
    case .constant(let constant): return constant
    case .expression, .documentExpression:
      report("expected a constant for \(what), not an expression", at: node)
      return nil
    case nil: return nil
    }
  }

  mutating func text(_ node: Node, _ what: String) -> String? {
    constant(node, what)?.text
  }

  mutating func flag(_ node: Node, _ what: String) -> Bool? {
    guard let constant = constant(node, what) else { return nil }
    if case .bool(let flag) = constant { return flag }
    report("expected true or false for \(what), found `\(constant.text)`", at: node)
    return nil
  }

  mutating func integer(_ node: Node, _ what: String, in range: ClosedRange<Int>) -> Int? {
    guard let constant = constant(node, what) else { return nil }
    if let number = Int(constant.text), range.contains(number) { return number }
    report(
      "expected an integer from \(range.lowerBound) to \(range.upperBound) for \(what), found `\(constant.text)`",
      at: node)
    return nil
  }

  /// One of several words.
  mutating func choice<Choice>(_ node: Node, _ what: String, _ choices: [(name: String, choice: Choice)]) -> Choice? {
    guard let text = text(node, what) else { return nil }
    if let choice = choices.first(where: { $0.name == text }) { return choice.choice }
    let names = choices.map { "`\($0.name)`" }.joined(separator: ", ")
    report("expected one of \(names) for \(what), found `\(text)`", at: node)
    return nil
  }
}
