import Expressions
import JSON
import YAML

extension MappingLoader {
  /// Deeper data is refused.
  private static let depthMax = 32

  /// `data` is an object, or an expression that gives a record.
  mutating func data(_ node: Node, in scopes: [NameScope]) -> Template? {
    if case .scalar = node { return expression(node, "`data`", in: scopes).map { .scalar(.expression($0)) } }
    guard case .mapping = node else {
      report("expected keys and values for `data`", at: node)
      return nil
    }
    return template(node, "`data`", in: scopes, depth: 1)
  }

  private mutating func template(_ node: Node, _ what: String, in scopes: [NameScope], depth: Int) -> Template? {
    guard depth <= Self.depthMax else {
      report("the data is nested deeper than \(Self.depthMax) levels", at: node)
      return nil
    }
    switch node {
    case .mapping: return object(node, what, in: scopes, depth: depth)
    case .sequence:
      let elements = elements(of: node, "values") ?? []
      return .array(elements.compactMap { template($0, what, in: scopes, depth: depth + 1) })
    default: return scalar(node, what, in: scopes).map { .scalar($0) }
    }
  }

  private mutating func object(_ node: Node, _ what: String, in scopes: [NameScope], depth: Int) -> Template? {
    guard let pairs = pairs(of: node, what) else { return nil }
    guard let each = pairs.first(where: { $0.name == "each" })?.value else {
      return .object(members(pairs, in: scopes, depth: depth))
    }
    let list = expression(each, "`each`", in: scopes)
    let inner =
      list.flatMap { list in scopes.last.map { NameScope.elements(of: list.description, in: $0) } } ?? .element
    let condition = pairs.first { $0.name == "when" }.flatMap { expression($0.value, "`when`", in: scopes + [inner]) }
    let fields = pairs.filter { $0.name != "each" && $0.name != "when" }
    if fields.isEmpty { report("`each` needs the fields of an element beside it", at: each) }
    let element = Template.object(members(fields, in: scopes + [inner], depth: depth))
    return list.map { .each($0, condition: condition, element: element) }
  }

  private mutating func members(
    _ pairs: [(key: Node, name: String, value: Node)], in scopes: [NameScope], depth: Int
  ) -> [Member] {
    pairs.compactMap { pair in
      template(pair.value, "`\(pair.name)`", in: scopes, depth: depth + 1).map { Member(JSONWriter.Key(pair.name), $0) }
    }
  }
}
