import Events

extension Node {
  /// The node's value. An error names the innermost node that failed.
  func value(in scope: Scope, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    do {
      return try unlocatedValue(scope, context)
    } catch {
      throw error.located(in: source)
    }
  }

  /// The value as a condition; null counts as false.
  func truth(in scope: Scope, _ context: EvaluationContext) throws(EvaluationError) -> Bool {
    let value = try value(in: scope, context)
    switch value {
    case .bool(let flag): return flag
    case .null: return false
    default: throw EvaluationError("expected true or false", value: value).located(in: source)
    }
  }

  private func unlocatedValue(_ scope: Scope, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    switch form {
    case .literal(let literal): return literal.value
    case .path(let path): return path.value(in: scope)
    case .binding(_, let index, let steps):
      return steps.reduce(try scope.binding(index, context)) { $0[$1] }
    case .negative(let operand): return try operand.negated(scope, context)
    case .arithmetic(let operation, let left, let right):
      return try operation.apply(to: left.value(in: scope, context), right.value(in: scope, context))
    case .call(let function, let arguments): return try function.call(arguments, scope, context)
    case .aggregate(_, let aggregate, let list, let body):
      return try aggregate.value(of: list.value(in: scope, context), body, scope, context)
    case .date(let text, let form, let zone):
      return try Self.date(text.value(in: scope, context), form, zone ?? context.zone)
    case .valueMap(let operand, let entries, let fallback):
      return try operand.mapped(entries, fallback, scope, context)
    default: return .bool(try condition(scope, context))
    }
  }

  private func condition(_ scope: Scope, _ context: EvaluationContext) throws(EvaluationError) -> Bool {
    switch form {
    case .not(let operand): return try !operand.truth(in: scope, context)
    case .all(let operands):
      for operand in operands where try !operand.truth(in: scope, context) { return false }
      return true
    case .any(let operands):
      for operand in operands where try operand.truth(in: scope, context) { return true }
      return false
    case .comparison(let operation, let left, let right):
      return operation.holds(try left.value(in: scope, context), try right.value(in: scope, context), in: context.zone)
    case .isNull(let operand, let isNegated): return try operand.value(in: scope, context).isNull != isNegated
    case .contains(let left, let right): return try left.contains(right, scope, context)
    case .membership(let operand, let candidates, let isNegated):
      return try operand.isMember(of: candidates, scope, context, isNegated: isNegated)
    default: return false
    }
  }
}

extension Node {
  private func negated(_ scope: Scope, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    try value(in: scope, context).asNumber().map { .number($0.negated) } ?? .null
  }

  private func contains(
    _ searched: Node, _ scope: Scope, _ context: EvaluationContext
  ) throws(EvaluationError) -> Bool {
    let (container, element) = (try value(in: scope, context), try searched.value(in: scope, context))
    if container.isNull || element.isNull { return false }
    if case .list(let elements) = container { return elements.contains { $0.isEqual(to: element, in: context.zone) } }
    guard let text = container.plainText, let part = element.plainText else {
      throw EvaluationError("`contains` asks a text or a list for a text or a value", value: container)
    }
    return Expressions.contains(text, searched: part)
  }

  private func isMember(
    of candidates: [Node], _ scope: Scope, _ context: EvaluationContext, isNegated: Bool
  ) throws(EvaluationError) -> Bool {
    let value = try value(in: scope, context)
    if value.isNull { return false }
    for candidate in candidates where try value.isOneOf(candidate.value(in: scope, context), context) {
      return !isNegated
    }
    return isNegated
  }

  private func mapped(
    _ entries: [(key: Literal, value: Node)], _ fallback: Node?, _ scope: Scope, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    let value = try value(in: scope, context)
    for (key, result) in entries where value.isOneOf(key.value, context) {
      return try result.value(in: scope, context)
    }
    if let fallback { return try fallback.value(in: scope, context) }
    if value.isNull { return .null }
    throw EvaluationError("the map has no entry for this value and no fallback", value: value)
  }
}

extension Value {
  /// Equal to it, or to an element of it if it is a list. Null is nobody's equal.
  fileprivate func isOneOf(_ candidate: Value, _ context: EvaluationContext) -> Bool {
    if case .list(let elements) = candidate { return elements.contains { isOneOf($0, context) } }
    return ComparisonOperator.equal.holds(self, candidate, in: context.zone)
  }
}
