/// The named values of a document: each is computed when it is first asked for, and once.
///
/// A binding may use those before it, so that none can depend on itself. Not thread-safe.
package final class Bindings {
  private let expressions: [Expression]
  private var values: [Value?]
  /// Those whose value depends on when the document was delivered.
  private var arrivals: Set<Int> = []
  /// Those that have a value.
  private var known: [Int] = []

  /// Expressions in the order of their names in `Expression.init(_:bindings:)`, each compiled with the names before it.
  package init(_ expressions: [Expression]) {
    self.expressions = expressions
    values = Array(repeating: nil, count: expressions.count)
  }

  /// Forgets all values: another document begins. O(values).
  package func reset() {
    for index in known { values[index] = nil }
    known.removeAll(keepingCapacity: true)
    if !arrivals.isEmpty { arrivals = [] }
  }

  /// The value of a binding in the scope of the document.
  func value(
    at index: Int, in scope: Scope, _ context: EvaluationContext
  ) throws(EvaluationError) -> Value {
    guard values.indices.contains(index) else { return .null }
    if let value = values[index] {
      if arrivals.contains(index) { context.journal.noteArrival() }
      return value
    }
    let asked = context.journal.takeArrival()
    let value = try expressions[index].value(in: scope, context)
    values[index] = value
    known.append(index)
    if context.journal.takeArrival() { arrivals.insert(index) }
    if asked || arrivals.contains(index) { context.journal.noteArrival() }
    return value
  }
}

extension Scope {
  /// The scope of the document that this scope lies in, or the outermost one where no scope has bindings.
  package var document: Scope {
    var scope = self
    while scope.bindings == nil, let parent = scope.parent { scope = parent }
    return scope
  }

  /// The value of a binding of the document that this scope lies in.
  func binding(_ index: Int, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    let document = document
    return try document.bindings?.value(at: index, in: document, context) ?? .null
  }
}
