import Events

extension Aggregate {
  /// A null list counts as an empty one. Time O(elements × size of the body).
  func value(
    of list: Value, _ body: Node?, _ scope: Scope, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    let elements = try Self.elements(of: list)
    guard body == nil || context.journal.spend(elements.count) else {
      throw EvaluationError(
        "lists within lists take too long: more than \(EvaluationJournal.stepsMax) elements were looked at")
    }
    let values = ListValues(elements: elements, body: body, scope: scope, context: context)
    switch self {
    case .sum: return try values.sum()
    case .count: return .number(.init(Int64(try values.count())))
    case .first: return try values.first(in: values.elements)
    case .filter: return .list(try values.kept())
    case .last: return try values.first(in: values.elements.reversed())
    case .min: return try values.extreme(.less)
    case .max: return try values.extreme(.greater)
    }
  }

  private static func elements(of list: Value) throws(EvaluationError) -> [Value] {
    switch list {
    case .list(let elements): return elements
    case .null: return []
    default: throw EvaluationError("expected a list", value: list)
    }
  }
}

/// The values of an aggregate's body, computed when they are asked for.
private struct ListValues {
  let elements: [Value]
  let body: Node?
  let scope: Scope
  let context: EvaluationContext

  private func value(for element: Value) throws(EvaluationError) -> Value {
    guard let body else { return element }
    return try body.value(in: Scope(element, parent: scope), context)
  }

  func sum() throws(EvaluationError) -> Value {
    var sum = ExactDecimal.zero
    for element in elements {
      let value = try value(for: element)
      guard let addend = try value.asNumber() else { continue }
      do {
        sum = try sum.adding(addend)
      } catch {
        throw EvaluationError(error.description, value: value)
      }
    }
    return .number(sum)
  }

  func count() throws(EvaluationError) -> Int {
    guard let body else { return elements.count }
    var count = 0
    for element in elements where try body.truth(in: Scope(element, parent: scope), context) { count += 1 }
    return count
  }

  func kept() throws(EvaluationError) -> [Value] {
    var kept: [Value] = []
    for element in elements where try body?.truth(in: Scope(element, parent: scope), context) ?? true {
      kept.append(element)
    }
    return kept
  }

  func first(in elements: some Sequence<Value>) throws(EvaluationError) -> Value {
    for element in elements {
      let value = try value(for: element)
      if !value.isNull { return value }
    }
    return .null
  }

  /// The value that stands so to all others; of equal ones the first.
  func extreme(_ wanted: Order) throws(EvaluationError) -> Value {
    var values: [Value] = []
    for element in elements {
      let value = try value(for: element)
      if !value.isNull { values.append(value) }
    }
    // "9" and "10" are ordered by value only if all are numbers: a mixture would have no least element.
    let areNumbers = values.allSatisfy { $0.numberByValue != nil }
    guard var best = values.first else { return .null }
    for value in values.dropFirst() where try order(of: value, to: best, areNumbers: areNumbers) == wanted {
      best = value
    }
    return best
  }
}

extension ListValues {
  private func order(of left: Value, to right: Value, areNumbers: Bool) throws(EvaluationError) -> Order {
    if !areNumbers, case .text(let first) = left, case .text(let second) = right { return Order(first, second) }
    if let order = left.order(to: right, in: context.zone) { return order }
    throw EvaluationError("\(left.kindName) and \(right.kindName) are in no order", value: left)
  }
}
