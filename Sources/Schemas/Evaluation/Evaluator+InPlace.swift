import JSON

/// The keywords that apply further schemas to the same value (draft 2020-12, core section 10.2).
extension Evaluator {
  mutating func checkAll(_ nodes: TableRange, _ value: JSONValue, _ positions: inout Positions) -> Bool {
    var isValid = true
    for index in nodes.indices where !evaluate(children[index], value, &positions) {
      if !Report.isComplete { return false }
      isValid = false
    }
    return isValid
  }

  mutating func checkAny(
    _ nodes: TableRange, of node: NodeIndex, _ value: JSONValue, _ positions: inout Positions
  ) -> Bool {
    let reported = report.count
    var isValid = false
    for index in nodes.indices where evaluateAlternative(children[index], value, &positions) {
      isValid = true
      if !Positions.isTracked { break }
    }
    let reasons = alternatives(behind: reported)
    report.discard(behind: reported)
    return isValid || fail(node, "anyOf", "expected one of \(nodes.count) alternatives, found none: \(reasons)")
  }

  mutating func checkOne(
    _ nodes: TableRange, of node: NodeIndex, _ value: JSONValue, _ positions: inout Positions
  ) -> Bool {
    let reported = report.count
    var matches = 0
    for index in nodes.indices where evaluateAlternative(children[index], value, &positions) {
      matches += 1
      if matches > 1 && !Report.isComplete { return false }
    }
    let reasons = alternatives(behind: reported)
    report.discard(behind: reported)
    if matches == 1 { return true }
    let found = matches == 0 ? "none: \(reasons)" : "\(matches)"
    return fail(node, "oneOf", "expected exactly one of \(nodes.count) alternatives, found \(found)")
  }

  /// Only an alternative that matches has looked at anything.
  private mutating func evaluateAlternative(
    _ node: NodeIndex, _ value: JSONValue, _ positions: inout Positions
  ) -> Bool {
    var own = Positions()
    guard evaluate(node, value, &own) else { return false }
    positions.formUnion(own)
    return true
  }

  /// Why the alternatives failed, shortly.
  private func alternatives(behind count: Int) -> String {
    guard Report.isComplete else { return "" }
    return report.messages(behind: count).prefix(3).map(\.message).joined(separator: "; ")
  }

  mutating func checkNot(_ refused: NodeIndex, of node: NodeIndex, _ value: JSONValue) -> Bool {
    let reported = report.count
    let isMatch = evaluateApart(refused, value)
    report.discard(behind: reported)
    return !isMatch || fail(node, "not", "expected anything but what `not` describes, found \(described(value))")
  }

  mutating func checkCondition(_ index: TableIndex, _ value: JSONValue, _ positions: inout Positions) -> Bool {
    let rule = source.conditions.elements[Int(index)]
    let reported = report.count
    let holds = evaluateAlternative(rule.condition, value, &positions)
    report.discard(behind: reported)
    guard let branch = holds ? rule.consequence : rule.alternative else { return true }
    return evaluate(branch, value, &positions)
  }

  mutating func checkDependentSchemas(
    _ entries: TableRange, _ value: JSONValue, _ positions: inout Positions
  ) -> Bool {
    var isValid = true
    for entry in source.dependencies.elements[entries.indices] where value.member(named: entry.name) != nil {
      isValid = evaluate(entry.node, value, &positions) && isValid
    }
    return isValid
  }

  /// The anchor in the outermost resource entered that has it; without any, where the reference leads by itself.
  func dynamicTarget(_ index: TableIndex) -> NodeIndex {
    let target = source.dynamicTargets.elements[Int(index)]
    let candidates = source.dynamicCandidates.elements[target.candidates.indices]
    for resource in scope {
      for candidate in candidates where candidate.resource == resource { return candidate.node }
    }
    return target.initial
  }
}
