import Expressions
package import JSON

extension MappingRun {
  /// Takes one JSON body: an object is one document, an array one for each element. The value is not kept.
  package func take(json: JSONValue, line: Int) -> [MappingOutcome] {
    guard json.kind == .array else { return outcomes(of: json, line: line) }
    if json.count == 0 { return [.filtered(reason: "the array is empty", lineCount: 1)] }
    let outcomes = json.elements.flatMap { self.outcomes(of: $0, line: line) }
    return Array(outcomes.prefix(1)) + outcomes.dropFirst().map(\.withoutLines)
  }

  private func outcomes(of document: JSONValue, line: Int) -> [MappingOutcome] {
    let origin = Origin(lines: line...line, lineCount: 1) {
      var writer = JSONWriter()
      writer.value(document)
      return writer.bytes
    }
    guard document.kind == .object else { return [origin.failed("a document must be a JSON object")] }
    let record = JSONRecord(object: document)
    context.line = line
    do throws(DocumentError) {
      if let reason = try skipReason(in: Scope(.record(record))) { return [.filtered(reason: reason, lineCount: 1)] }
      return outcomes(of: record, origin)
    } catch {
      return [origin.failed(error.message)]
    }
  }
}
