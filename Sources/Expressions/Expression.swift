/// A compiled expression: pure, without loops of its own, and safe to share between threads.
///
/// The language is described in `docs/mappings.md`. Evaluation visits every node at most once for each element of the
/// lists it is applied to, so it always ends. The description is the expression in normal form: keywords in lower
/// case, single blanks, no needless parentheses; compiling it gives an equal expression.
///
/// A class, because copying a reference costs least, and expressions are handed around for every field of every event.
package final class Expression: Sendable, CustomStringConvertible {
  /// The text it was compiled from.
  package let source: String
  let root: Node

  /// Compiles an expression. O(length of the text).
  ///
  /// Throws with the column of the first mistake and what was expected there.
  /// - Parameter bindings: the names that may be asked for as `@name`, in the order of the `Bindings` of the scope.
  package init(_ source: String, bindings: [String] = []) throws(ExpressionError) {
    self.source = source
    var parser = Parser(source: source, tokens: try Lexer.tokens(of: source), bindings: bindings)
    root = try parser.wholeExpression()
  }

  /// The value for one record.
  package func value(of record: any Record, in context: EvaluationContext) throws(EvaluationError) -> Value {
    try value(in: Scope(.record(record)), context)
  }

  /// The value in a scope, which may lie within other scopes.
  package func value(in scope: Scope, _ context: EvaluationContext) throws(EvaluationError) -> Value {
    try root.value(in: scope, context)
  }

  /// The value as a condition: null counts as false. Throws when the value is neither a truth value nor null.
  package func isTrue(in scope: Scope, _ context: EvaluationContext) throws(EvaluationError) -> Bool {
    try root.truth(in: scope, context)
  }

  /// The value as a condition on one record: null counts as false.
  package func isTrue(for record: any Record, in context: EvaluationContext) throws(EvaluationError) -> Bool {
    try isTrue(in: Scope(.record(record)), context)
  }

  package var description: String { root.description }
}

/// The value whose fields an expression names without a prefix, and the scope around it, reached as `parent`.
///
/// Names are never looked up in the surrounding scope by themselves: a field that an element lacks is null and not the
/// field of the same name of the document around it.
package final class Scope {
  package let this: Value
  package let parent: Scope?
  /// The named values of a document; nil in the scopes within it and around it.
  let bindings: Bindings?

  package init(_ this: Value, parent: Scope? = nil, bindings: Bindings? = nil) {
    self.this = this
    self.parent = parent
    self.bindings = bindings
  }
}
