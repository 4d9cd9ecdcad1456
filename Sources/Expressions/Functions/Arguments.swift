import Events

/// The evaluated arguments of a call, and the kinds that functions ask of them.
struct Arguments {
  let values: [Value]

  var count: Int { values.count }

  /// Whether the first argument is null: most functions then give null.
  var startWithNull: Bool { values.first?.isNull ?? true }

  subscript(index: Int) -> Value { index < values.count ? values[index] : .null }

  /// A scalar as text; the empty text for null.
  func text(_ index: Int) throws(EvaluationError) -> String {
    let value = self[index]
    if value.isNull { return "" }
    guard let text = value.plainText else { throw EvaluationError("expected a text", value: value) }
    return text
  }

  func number(_ index: Int) throws(EvaluationError) -> ExactDecimal {
    guard let number = try self[index].asNumber() else {
      throw EvaluationError("expected a number", value: self[index])
    }
    return number
  }

  /// An integer in a range, such as a number of decimals.
  func integer(_ index: Int, in range: ClosedRange<Int>) throws(EvaluationError) -> Int {
    guard let integer = try number(index).int64, range.contains(Int(integer)) else {
      throw EvaluationError(
        "expected an integer from \(range.lowerBound) to \(range.upperBound)", value: self[index])
    }
    return Int(integer)
  }
}
