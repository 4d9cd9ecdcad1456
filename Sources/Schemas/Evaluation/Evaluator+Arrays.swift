import JSON

/// The keywords about the elements of an array. Values are arrays here.
extension Evaluator {
  mutating func checkElements(_ ruleIndex: TableIndex, _ value: JSONValue, _ positions: inout Positions) -> Bool {
    let rule = source.elementRules.elements[Int(ruleIndex)]
    var isValid = true
    var index = 0
    for element in value.elements {
      guard let node = index < rule.prefix.count ? children[Int(rule.prefix.start) + index] : rule.rest else { break }
      positions.insert(index)
      if !evaluateElement(node, index, element) {
        if !Report.isComplete { return false }
        isValid = false
      }
      index += 1
    }
    return isValid
  }

  private mutating func evaluateElement(_ node: NodeIndex, _ index: Int, _ element: JSONValue) -> Bool {
    report.enter(element: index)
    let isValid = evaluateApart(node, element)
    report.leave()
    return isValid
  }

  mutating func checkContains(
    _ ruleIndex: TableIndex, of node: NodeIndex, _ value: JSONValue, _ positions: inout Positions
  ) -> Bool {
    let rule = source.containsRules.elements[Int(ruleIndex)]
    let reported = report.count
    var found = 0
    for (index, element) in value.elements.enumerated() where evaluateApart(rule.node, element) {
      positions.insert(index)
      found += 1
    }
    report.discard(behind: reported)
    if found < rule.countMin {
      let keyword = rule.countMin == 1 ? "contains" : "minContains"
      return fail(node, keyword, containsMessage("least", rule.countMin, found, value))
    }
    return found <= rule.countMax || fail(node, "maxContains", containsMessage("most", rule.countMax, found, value))
  }

  mutating func checkUnevaluatedElements(
    _ rest: NodeIndex, _ value: JSONValue, _ positions: inout Positions
  ) -> Bool {
    var isValid = true
    for (index, element) in value.elements.enumerated() where !positions.contains(index) {
      positions.insert(index)
      isValid = evaluateElement(rest, index, element) && isValid
    }
    return isValid
  }
}

private func containsMessage(_ bound: String, _ limit: Int, _ found: Int, _ value: JSONValue) -> String {
  "expected at \(bound) \(counted(limit, "item")) as `contains` says, found \(found)"
}
