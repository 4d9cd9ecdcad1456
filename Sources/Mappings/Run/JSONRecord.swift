import Events
import Expressions
import JSON

/// A JSON object as a record. Valid as long as its parsed document is.
final class JSONRecord: Record {
  let object: JSONValue

  init(object: JSONValue) { self.object = object }

  var names: [String] { object.members.compactMap(\.key.string) }

  func value(named name: String) -> Value { object[name].map(Value.init) ?? .null }
}

extension Value {
  /// A JSON value; a number that cannot be held exactly (beyond 38 digits) becomes a text, so that no digit is lost.
  init(_ json: JSONValue) {
    switch json.kind {
    case .null: self = .null
    case .true: self = .bool(true)
    case .false: self = .bool(false)
    case .string: self = .text(json.string ?? "")
    case .number: self = ExactDecimal(utf8: json.bytes).map { .number($0) } ?? .text(json.numberText ?? "")
    case .array: self = .list(json.elements.map(Value.init))
    case .object: self = .record(JSONRecord(object: json))
    }
  }
}
