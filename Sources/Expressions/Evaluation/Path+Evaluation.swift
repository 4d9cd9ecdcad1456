extension Path {
  /// Null where there is nothing on the way.
  func value(in scope: Scope) -> Value {
    // By far the most frequent way: a field of the record itself.
    if levelsUp == 0, steps.count == 1, case .field(let name) = steps[0], case .record(let record) = scope.this {
      return record.value(named: name)
    }
    if levelsUp == 0, let names, case .record(let record) = scope.this, let value = record.value(along: names) {
      return value
    }
    var start: Scope? = scope
    for _ in 0..<levelsUp { start = start?.parent }
    var value = start?.this ?? .null
    for step in steps { value = value[step] }
    return value
  }
}

extension Value {
  subscript(step: Path.Step) -> Value {
    switch (self, step) {
    case (.record(let record), .field(let name)): record.value(named: name)
    case (.list(let elements), .index(let index)): elements.indices.contains(index) ? elements[index] : .null
    default: .null
    }
  }
}
