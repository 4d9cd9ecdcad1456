import JSON

extension Evaluator {
  /// Whether a value obeys one keyword of a node.
  @inline(__always)
  mutating func check(
    _ keyword: Keyword, of node: NodeIndex, _ value: JSONValue, _ positions: inout Positions
  ) -> Bool {
    switch keyword {
    case .type(let mask):
      mask.contains(value) || fail(node, "type", "expected \(mask.text), found \(described(value))")
    case .members(let index): !value.isObject || checkMembers(memberRules[Int(index)], of: node, value, &positions)
    case .elements(let index): !value.isArray || checkElements(index, value, &positions)
    case .size(let limit, let size): checkSize(limit, size, of: node, value)
    case .format(let format): checkFormat(format, of: node, value)
    case .reference(let target): evaluate(target, value, &positions)
    case .enumerationOfNames, .enumeration, .constant, .bound, .multiple, .pattern, .uniqueElements, .never:
      checkAssertion(keyword, of: node, value)
    default: checkApplicator(keyword, of: node, value, &positions)
    }
  }

  private mutating func checkAssertion(_ keyword: Keyword, of node: NodeIndex, _ value: JSONValue) -> Bool {
    switch keyword {
    case .enumerationOfNames(let names): checkEnumeration(names: names, of: node, value)
    case .enumeration(let constants): checkEnumeration(constants, of: node, value)
    case .constant(let index): checkConstant(index, of: node, value)
    case .bound(let bound, let index): !value.isNumber || checkBound(bound, index, of: node, value)
    case .multiple(let index): !value.isNumber || checkMultiple(index, of: node, value)
    case .pattern(let index): !value.isString || checkPattern(index, of: node, value)
    case .uniqueElements:
      !value.isArray || value.hasUniqueElements
        || fail(node, "uniqueItems", "expected no two equal items, found \(described(value))")
    default: refuse(value, node)
    }
  }

  private mutating func checkApplicator(
    _ keyword: Keyword, of node: NodeIndex, _ value: JSONValue, _ positions: inout Positions
  ) -> Bool {
    switch keyword {
    case .contains(let index): !value.isArray || checkContains(index, of: node, value, &positions)
    case .dependentNames(let entries): !value.isObject || checkDependentNames(entries, of: node, value)
    case .dependentSchemas(let entries):
      !value.isObject || checkDependentSchemas(entries, value, &positions)
    case .dynamicReference(let index): evaluate(dynamicTarget(index), value, &positions)
    case .all(let nodes): checkAll(nodes, value, &positions)
    case .any(let nodes): checkAny(nodes, of: node, value, &positions)
    case .one(let nodes): checkOne(nodes, of: node, value, &positions)
    case .not(let refused): checkNot(refused, of: node, value)
    case .condition(let index): checkCondition(index, value, &positions)
    case .unevaluatedMembers(let rest): !value.isObject || checkUnevaluatedMembers(rest, value, &positions)
    case .unevaluatedElements(let rest): !value.isArray || checkUnevaluatedElements(rest, value, &positions)
    default: true
    }
  }

  /// The schema `false`, which stands mostly where further members are refused.
  private mutating func refuse(_ value: JSONValue, _ node: NodeIndex) -> Bool {
    guard Report.isComplete else { return false }
    let pointer = source.locations[Int(node)].pointer
    let isMember = pointer.hasSuffix("/additionalProperties") || pointer.hasSuffix("/unevaluatedProperties")
    return fail(node, nil, "expected \(isMember ? "no such member" : "no value here"), found \(described(value))")
  }
}
