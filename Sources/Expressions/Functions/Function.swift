/// A function of the language: what its documentation says and what it does.
///
/// A class, because every evaluation of a call looks at it, and copying a reference costs least.
package final class Function: Sendable {
  /// In lower case; expressions may write it in any letter case.
  package let name: String
  /// How it is called: `substring(text, start[, length])`.
  package let signature: String
  /// One sentence for the reference.
  package let summary: String
  /// How many arguments it takes.
  package let arity: ClosedRange<Int>
  let form: Form

  /// Whether arguments are evaluated before the function is.
  enum Form: Sendable {
    case values(@Sendable (Arguments, EvaluationContext) throws(EvaluationError) -> Value)
    /// Evaluates only those arguments that it needs.
    case lazy(@Sendable ([Node], Scope, EvaluationContext) throws(EvaluationError) -> Value)
    case aggregate(Aggregate)
    case date
    case isoDate
    case valueMap

    var isValueMap: Bool {
      if case .valueMap = self { true } else { false }
    }
  }

  init(_ signature: String, _ arity: ClosedRange<Int>, _ summary: String, _ form: Form) {
    name = String(signature.prefix { $0 != "(" })
    self.signature = signature
    self.arity = arity
    self.summary = summary
    self.form = form
  }

  static let unlimited = Int.max

  /// All functions, in the order of the reference.
  package static let all: [Function] = texts + choices + numbers + times + lists + records + origins

  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })

  static func named(_ name: String) -> Function? { byName[name] }
}

extension Function {
  /// "1 argument", "2 to 3 arguments".
  var arityText: String {
    let (low, high) = (arity.lowerBound, arity.upperBound)
    let plural = high == 1 ? "argument" : "arguments"
    if low == high { return low == 0 ? "no arguments" : "\(low) \(plural)" }
    return high == Self.unlimited ? "\(low) or more arguments" : "\(low) to \(high) \(plural)"
  }
}
