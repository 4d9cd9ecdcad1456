import JSON

/// What a schema leaves open, and the types it allows.
extension SchemaReading {
  /// Reads ``choices``.
  func readChoices() -> [Choice] {
    var choices: [Choice] = []
    let any = list("anyOf")
    if !any.isEmpty { choices.append(Choice(cases: any.map { Choice.Case(holds: [$0], fails: []) })) }
    let one = list("oneOf")
    if !one.isEmpty {
      choices.append(
        Choice(cases: one.map { taken in Choice.Case(holds: [taken], fails: one.filter { $0 !== taken }) }))
    }
    if let condition { choices.append(choice(condition)) }
    return choices
  }

  private func choice(_ rule: ConditionReading) -> Choice {
    let (condition, consequence, alternative) = (rule.condition, rule.consequence, rule.alternative)
    return Choice(cases: [
      Choice.Case(holds: [condition] + (consequence.map { [$0] } ?? []), fails: []),
      Choice.Case(holds: alternative.map { [$0] } ?? [], fails: [condition]),
    ])
  }

  /// Reads ``ownTypes``.
  func readOwnTypes() -> TypeMask {
    var types = isNever ? [] : typeKeyword
    if let values { types.formIntersection(values.reduce(into: []) { $0.formUnion(TypeMask(of: $1)) }) }
    // A divisor without decimals leaves only integers.
    if let divisor, divisor.exponent >= 0 { types.remove(.fraction) }
    for choice in choices { types.formIntersection(choice.types) }
    return types
  }

  /// The types that a value may have which obeys this schema; others may be excluded for reasons not seen here.
  var types: TypeMask { flattened.reduce(.all) { $0.intersection($1.ownTypes) } }
}

extension Choice {
  fileprivate var types: TypeMask {
    cases.reduce(into: []) { types, taken in
      types.formUnion(taken.holds.reduce(.all) { $0.intersection($1.types) })
    }
  }
}
