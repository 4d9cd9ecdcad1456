import Expressions
import JSON

/// A field that holds one value.
enum Scalar: Sendable {
  case constant(Constant)
  case expression(Expression)
  /// An expression that is evaluated in the document, even within a list.
  case documentExpression(Expression)
}

/// A value that a mapping file says itself, with the type that it has in YAML.
enum Constant: Sendable, Equatable {
  case text(String)
  /// As JSON writes it.
  case number(String)
  case bool(Bool)

  var text: String {
    switch self {
    case .text(let text), .number(let text): text
    case .bool(let flag): flag ? "true" : "false"
    }
  }
}

/// The form of a part of an event's data.
indirect enum Template: Sendable {
  case scalar(Scalar)
  case object([Member])
  case array([Template])
  /// One element for each element of a list for which the condition holds.
  case each(Expression, condition: Expression?, element: Template)
}

/// A member of an object. A class, because members are looked at for every event, and copying a reference costs least.
final class Member: Sendable {
  let name: JSONWriter.Key
  let value: Template

  init(_ name: JSONWriter.Key, _ value: Template) {
    self.name = name
    self.value = value
  }
}

/// A value of an event's data, before it is written.
enum Output {
  case constant(Constant)
  case value(Value)

  /// Whether it can be data: null is none at all.
  var isRecord: Bool {
    switch self {
    case .value(.null), .value(.record): true
    default: false
    }
  }

  /// What is left out: nulls, empty texts, and records without fields.
  var isEmpty: Bool {
    switch self {
    case .value(.null), .value(.text("")), .constant(.text("")): true
    case .value(.record(let record)): record.isEmpty
    default: false
    }
  }
}
