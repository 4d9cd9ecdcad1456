import Events
import Expressions
import JSON

/// A JSON object as a record. Valid as long as its parsed document is.
final class JSONRecord: Record {
  let object: JSONValue
  /// What must live as long as the values: the parser of a text that lay within a document.
  private let parser: JSONParser?
  /// Notes what is asked for, and under which path this record is known there.
  private let reading: (notes: ReadingNotes, path: String)?

  init(object: JSONValue, parser: JSONParser? = nil, reading: (notes: ReadingNotes, path: String)? = nil) {
    self.object = object
    self.parser = parser
    self.reading = reading
  }

  var names: [String] { object.members.compactMap(\.key.string) }

  var isEmpty: Bool { object.count == 0 }

  func forEachField(_ body: (String, Value) throws -> Void) rethrows {
    for (key, member) in object.members {
      let name = key.string ?? ""
      guard let reading else {
        try body(name, Value(member, parser))
        continue
      }
      let path = reading.path.isEmpty ? name : reading.path + "." + name
      reading.notes.note(path)
      try body(name, Value(member, parser, (reading.notes, path)))
    }
  }

  func value(named name: String) -> Value {
    guard let reading else { return object[name].map { Value($0, parser) } ?? .null }
    let path = reading.path.isEmpty ? name : reading.path + "." + name
    reading.notes.note(path)
    return object[name].map { Value($0, parser, (reading.notes, path)) } ?? .null
  }

  /// Goes the way without making records of what lies on it.
  func value(along names: [String]) -> Value? {
    guard reading == nil else { return nil }
    var place = object
    for name in names {
      guard let next = place[name] else { return .null }
      place = next
    }
    return Value(place, parser)
  }
}

extension Value {
  /// A JSON value; a number that cannot be held exactly (beyond 38 digits) becomes a text, so that no digit is lost.
  init(_ json: JSONValue, _ parser: JSONParser? = nil, _ reading: (notes: ReadingNotes, path: String)? = nil) {
    switch json.kind {
    case .null: self = .null
    case .true: self = .bool(true)
    case .false: self = .bool(false)
    case .string: self = .text(json.string ?? "")
    case .number: self = ExactDecimal(utf8: json.bytes).map { .number($0) } ?? .text(json.numberText ?? "")
    case .array:
      guard let reading else {
        self = .list(json.elements.map { Value($0, parser) })
        return
      }
      self = .list(
        json.elements.map { Value($0, parser, (reading.notes, reading.path + "[]")) })
    case .object: self = .record(JSONRecord(object: json, parser: parser, reading: reading))
    }
  }
}

/// JSON texts that lie within documents.
enum JSONText {
  /// The value that a text holds.
  @Sendable static func value(_ text: String) throws(EvaluationError) -> Value {
    let parser = JSONParser()
    do {
      return Value(try parser.parse(text.utf8), parser)
    } catch {
      throw EvaluationError("this text is no JSON: \(error)", value: .text(text))
    }
  }
}
