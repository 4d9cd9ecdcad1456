/// Why a text is no expression.
package struct ExpressionError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Where, in Unicode scalars from 1.
  package let column: Int
  /// What was wrong and what to write instead.
  package let message: String

  package init(column: Int, message: String) {
    self.column = column
    self.message = message
  }

  package var description: String { "column \(column): \(message)" }
}

/// Why an expression has no value for a record.
package struct EvaluationError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was wrong.
  package let message: String
  /// The offending value as messages show it, or nil where none is to blame.
  package let value: String?
  /// The part of the expression that failed, as it was written; nil until an enclosing node fills it in.
  package private(set) var expression: String?
  private let isComplete: Bool

  /// - Parameter isComplete: whether the message says all, so that the part that failed need not be shown.
  package init(_ message: String, value: Value? = nil, isComplete: Bool = false) {
    self.message = message
    self.isComplete = isComplete
    self.value = value?.description
  }

  package var description: String {
    let what = value.map { "\(message): \($0)" } ?? message
    return expression.map { "\(what), in `\($0)`" } ?? what
  }

  /// Names the innermost part that failed; a part that is named already stays.
  func located(in expression: String) -> EvaluationError {
    guard self.expression == nil, !isComplete else { return self }
    var located = self
    located.expression = expression
    return located
  }
}
