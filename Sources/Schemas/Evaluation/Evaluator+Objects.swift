import JSON

/// The keywords about the members of an object. Values are objects here.
extension Evaluator {
  mutating func checkMembers(
    _ rule: MemberRule, of node: NodeIndex, _ value: JSONValue, _ positions: inout Positions
  ) -> Bool {
    var isValid = true
    var requiredCount = 0
    var position = 0
    for (key, member) in value.members {
      if !checkMember(rule, position, key, member, &positions, &requiredCount) {
        if !Report.isComplete { return false }
        isValid = false
      }
      position += 1
    }
    // No key occurs twice, so the numbers tell whether all are there.
    if requiredCount == rule.requiredCount { return isValid }
    if Report.isComplete { reportMissing(rule, of: node, value) }
    return false
  }

  @inline(__always)
  private mutating func checkMember(
    _ rule: MemberRule, _ position: Int, _ key: JSONValue, _ member: JSONValue, _ positions: inout Positions,
    _ requiredCount: inout Int
  ) -> Bool {
    var isValid = true
    var isDeclared = false
    if let entry = entry(key.bytes, in: rule) {
      requiredCount += entry.isRequired ? 1 : 0
      if let node = entry.node {
        isDeclared = true
        isValid = evaluateMember(node, key, member)
      }
    }
    if rule.patterns.count > 0 {
      isValid = checkPatterns(rule.patterns, key, member, &isDeclared) && isValid
    }
    if !isDeclared, let node = rule.additional {
      isDeclared = true
      isValid = evaluateMember(node, key, member) && isValid
    }
    if isDeclared { positions.insert(position) }
    if let node = rule.names { isValid = evaluateApart(node, key) && isValid }
    return isValid
  }

  @inline(__always)
  private func entry(_ name: UnsafeBufferPointer<UInt8>, in rule: MemberRule) -> MemberEntry? {
    let mask = rule.slots.count - 1
    guard mask >= 0 else { return nil }
    var slot = nameHash(name) & mask
    while true {
      let index = slots[Int(rule.slots.start) + slot]
      guard index >= 0 else { return nil }
      let entry = members[Int(rule.properties.start) + Int(index)]
      if entry.name.hasSameBytes(as: name) { return entry }
      slot = (slot + 1) & mask
    }
  }

  private mutating func checkPatterns(
    _ patterns: TableRange, _ key: JSONValue, _ member: JSONValue, _ isDeclared: inout Bool
  ) -> Bool {
    var isValid = true
    for index in patterns.indices {
      let entry = source.patternMembers.elements[index]
      guard source.patterns[Int(entry.pattern)].matches(key.bytes) else { continue }
      isDeclared = true
      isValid = evaluateMember(entry.node, key, member) && isValid
    }
    return isValid
  }

  mutating func evaluateMember(_ node: NodeIndex, _ key: JSONValue, _ member: JSONValue) -> Bool {
    report.enter(member: key)
    let isValid = evaluateApart(node, member)
    report.leave()
    return isValid
  }

  /// For another value than the one at hand, whose own positions are of no use here.
  mutating func evaluateApart(_ node: NodeIndex, _ value: JSONValue) -> Bool {
    var positions = Positions()
    return evaluate(node, value, &positions)
  }

  private mutating func reportMissing(_ rule: MemberRule, of node: NodeIndex, _ value: JSONValue) {
    for index in rule.properties.indices where members[index].isRequired {
      let name = members[index].name
      guard value.member(named: name) == nil else { continue }
      _ = fail(node, "required", "expected the member \(quoted(name)), found none")
    }
  }

  mutating func checkDependentNames(_ entries: TableRange, of node: NodeIndex, _ value: JSONValue) -> Bool {
    var isValid = true
    for entry in source.dependencies.elements[entries.indices] where value.member(named: entry.name) != nil {
      for name in source.names.elements[entry.required.indices] where value.member(named: name) == nil {
        isValid = fail(
          node, "dependentRequired",
          "expected the member \(quoted(name)) beside \(quoted(entry.name)), found none")
      }
    }
    return isValid
  }

  mutating func checkUnevaluatedMembers(
    _ rest: NodeIndex, _ value: JSONValue, _ positions: inout Positions
  ) -> Bool {
    var isValid = true
    for (position, (key, member)) in value.members.enumerated() where !positions.contains(position) {
      positions.insert(position)
      isValid = evaluateMember(rest, key, member) && isValid
    }
    return isValid
  }
}
