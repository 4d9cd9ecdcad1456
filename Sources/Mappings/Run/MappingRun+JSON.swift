import Expressions
import JSON

extension MappingRun {
  /// Takes one JSON text: an object is a body, an array holds one in each element. O(bytes), times what the mapping does.
  /// - Parameters:
  ///   - text: the text and the padding behind it.
  ///   - origin: the lines that the text fills.
  ///   - body: is given each body in turn, and asks for its source at once if ever.
  package func take(
    json text: UnsafeBufferPointer<UInt8>, count: Int, _ origin: Origin, _ body: (MappedBody) -> Void
  ) {
    do {
      take(try parser.parse(padded: text, count: count), origin, body)
    } catch {
      body(origin.unreadable("\(error)"))
    }
  }

  private func take(_ json: JSONValue, _ origin: Origin, _ take: (MappedBody) -> Void) {
    context.line = origin.lines.lowerBound
    guard json.kind == .array else { return take(body(json, origin)) }
    if json.count == 0 { return take(origin.filtered("the array is empty")) }
    var lineCount = origin.lineCount
    for element in json.elements {
      // It lives as long as the parsed text, and so until the body was taken.
      nonisolated(unsafe) let element = element
      let place = Origin(lines: origin.lines, lineCount: lineCount) {
        var writer = JSONWriter()
        writer.value(element)
        return writer.bytes
      }
      take(body(element, place))
      lineCount = 0
    }
  }

  func body(_ json: JSONValue, _ origin: Origin) -> MappedBody {
    do throws(DocumentError) {
      let inner = try unwrapped(json)
      watch?.body = inner
      let bodies = inner.kind == .array ? Array(inner.elements) : [inner]
      var outcomes: [MappingOutcome] = []
      // Those that others follow or precede are as independent as in an array without headers.
      for body in bodies { collect(body, into: &outcomes) }
      return outcomes.isEmpty
        ? origin.filtered("there is nothing in it") : MappedBody(outcomes: outcomes, origin: origin)
    } catch {
      return origin.failed(error.message)
    }
  }

  private func collect(_ body: JSONValue, into outcomes: inout [MappingOutcome]) {
    let count = outcomes.count
    do throws(DocumentError) {
      guard body.kind == .object else {
        throw DocumentError("a body must be a JSON object, and this is \(body.kindName)")
      }
      let scope = Scope(.record(JSONRecord(object: body, reading: watch.map { ($0.notes, "") })))
      if let takes = mapping.takes, try !takes.isTrue(at: "takes", in: scope, context) {
        throw DocumentError("this is no body of the channel '\(mapping.name)'; see `takes` in its mapping")
      }
      try collect(within: scope, split: 0, into: &outcomes)
    } catch {
      outcomes.removeSubrange(count...)
      outcomes.append(.failed(reason: error.message))
    }
  }

  /// The outcomes of the documents that the splits give, from one of them on. Throws where there is nothing to split.
  private func collect(
    within scope: Scope, split index: Int, into outcomes: inout [MappingOutcome]
  ) throws(DocumentError) {
    guard index < mapping.splits.count else {
      guard case .record(let record) = scope.this else {
        return outcomes.append(
          .failed(reason: "a document must be a JSON object, and this is \(scope.this.kindName)"))
      }
      outcomes.append(outcome(of: record, within: scope.parent))
      return
    }
    let value = try mapping.splits[index].value(at: "documents", in: scope, context)
    switch value {
    case .null: throw DocumentError("there is nothing", at: ["documents"])
    case .list(let elements):
      for element in elements { try collect(element, in: scope, split: index, into: &outcomes) }
    default: try collect(value, in: scope, split: index, into: &outcomes)
    }
  }

  private func collect(
    _ element: Value, in scope: Scope, split index: Int, into outcomes: inout [MappingOutcome]
  ) throws(DocumentError) {
    // An expression that gives the body itself does not put it into itself.
    let inner = element.isSameRecord(as: scope.this) ? scope : Scope(element, parent: scope)
    try collect(within: inner, split: index + 1, into: &outcomes)
  }

  /// What a receiver of webhooks recorded as `{"headers": {...}, "body": ...}`; any other body as it is.
  private func unwrapped(_ json: JSONValue) throws(DocumentError) -> JSONValue {
    context.headers = [:]
    guard json.kind == .object else {
      throw DocumentError("a body must be a JSON object, and this is \(json.kindName)")
    }
    guard json.count == 2, let headers = json["headers"], headers.kind == .object, let body = json["body"] else {
      return json
    }
    for (name, value) in headers.members {
      let value = value.kind == .array ? Array(value.elements).first ?? value : value
      context.headers[(name.string ?? "").lowercased()] = value.string ?? value.numberText
    }
    do {
      return body.kind == .string ? try innerParser.parse(body.bytes) : body
    } catch {
      throw DocumentError("the body is no JSON: \(error)")
    }
  }
}

extension Value {
  fileprivate func isSameRecord(as other: Value) -> Bool {
    guard case .record(let first) = self, case .record(let second) = other else { return false }
    return first === second
  }
}

extension JSONValue {
  fileprivate var kindName: String {
    switch kind {
    case .null: "null"
    case .true, .false: "a truth value"
    case .number: "a number"
    case .string: "a text"
    case .array: "an array within an array"
    case .object: "an object"
    }
  }
}
