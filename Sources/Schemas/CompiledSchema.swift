package import JSON

/// A schema, ready to check documents with.
///
/// Checking a valid document allocates nothing unless the schema uses `unevaluated…`, `$dynamicRef`, `pattern`, the
/// format `time`, or `uniqueItems` on long arrays. Threads may share it.
package final class CompiledSchema: Sendable {
  private let program: Program

  init(_ program: Program) {
    self.program = program
  }

  /// Whether the document obeys the schema. O(document) as a rule; alternatives and references multiply it.
  package func isValid(_ document: JSONValue, context: ValidationContext = ValidationContext()) -> Bool {
    if program.looksAtAnnotations {
      var evaluator = Evaluator<TrackedPositions, NoReport>(program, context: context, report: NoReport())
      return withExtendedLifetime(program) { evaluator.evaluate(document: document) }
    }
    var evaluator = Evaluator<UntrackedPositions, NoReport>(program, context: context, report: NoReport())
    return withExtendedLifetime(program) { evaluator.evaluate(document: document) }
  }

  /// What the schema does not allow about the document; empty exactly if ``isValid(_:context:)`` is true.
  ///
  /// - Parameters:
  ///   - limit: violations behind the first so many are left out; at least 1.
  ///   - pointerPrefix: what precedes every pointer, where the document is part of a larger one: "/data".
  package func errors(
    of document: JSONValue, context: ValidationContext = ValidationContext(), limit: Int = 16,
    pointerPrefix: String = ""
  ) -> [SchemaViolation] {
    precondition(limit >= 1, "a report without room for a violation could not be told from a valid document")
    let report = CollectedReport(limit: limit, pointerPrefix: pointerPrefix)
    var evaluator = Evaluator<TrackedPositions, CollectedReport>(program, context: context, report: report)
    let isValid = withExtendedLifetime(program) { evaluator.evaluate(document: document) }
    return isValid ? [] : evaluator.violations
  }
}

/// What a check depends on besides the document.
package struct ValidationContext: Sendable {
  /// The decimals of the currency that the document's amounts are in; nil where it names none that is known.
  package var currencyExponent: Int?

  package init(currencyExponent: Int? = nil) {
    self.currencyExponent = currencyExponent
  }
}
