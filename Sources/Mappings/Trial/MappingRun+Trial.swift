import Expressions
import JSON

extension MappingRun {
  /// What the mapping makes of a body, field by field, and what it did not use.
  package struct BodyTrial: Sendable {
    package let body: MappedBody
    /// None where the body was refused as a whole.
    package let documents: [DocumentTrial]
    package let unused: [UnusedField]
  }

  /// Tries one JSON text; an array holds one body in each element. Nothing is remembered.
  package func trial(json text: UnsafeBufferPointer<UInt8>, count: Int, _ origin: Origin) -> [BodyTrial] {
    do {
      let json = try parser.parse(padded: text, count: count)
      let bodies = json.kind == .array ? Array(json.elements) : [json]
      return bodies.map { trial($0, origin) }
    } catch {
      return [BodyTrial(body: origin.unreadable("\(error)"), documents: [], unused: [])]
    }
  }

  private func trial(_ json: JSONValue, _ origin: Origin) -> BodyTrial {
    let watch = TrialWatch()
    self.watch = watch
    defer { self.watch = nil }
    let body = body(json, origin)
    return BodyTrial(body: body, documents: watch.documents, unused: watch.unusedFields)
  }
}

/// Gathers what a trial wants to know while bodies are mapped.
final class TrialWatch {
  let notes = ReadingNotes()
  /// The body, without the headers around it.
  var body: JSONValue?
  var documents: [DocumentTrial] = []

  func add(
    _ outcome: MappingOutcome, kind: String?, _ rules: [EventRule], in scope: Scope, _ context: EvaluationContext
  ) {
    var events: [EventTrial] = []
    if case .events = outcome {
      // What went well once goes well again: expressions have no memory.
      do { events = try rules.flatMap { try $0.trials(in: scope, context) } } catch { events = [] }
    }
    documents.append(DocumentTrial(kind: kind, outcome: outcome, events: events))
  }

  var unusedFields: [UnusedField] {
    guard let body else { return [] }
    var unused: [UnusedField] = []
    collect(body, path: "", into: &unused)
    return unused
  }

  private func collect(_ value: JSONValue, path: String, into unused: inout [UnusedField]) {
    switch value.kind {
    case .object:
      for (key, member) in value.members {
        let name = key.string ?? ""
        collect(member, path: path.isEmpty ? name : path + "." + name, into: &unused)
      }
    case .array:
      for element in value.elements {
        // A list that was asked for was asked for its texts and numbers, too.
        if element.kind != .object, element.kind != .array, notes.paths.contains(path) { continue }
        collect(element, path: path + "[]", into: &unused)
      }
    case .null: break
    default:
      if notes.paths.contains(path) || unused.contains(where: { $0.path == path }) { return }
      var writer = JSONWriter()
      writer.value(value)
      unused.append(UnusedField(path: path, value: writer.text))
    }
  }
}
