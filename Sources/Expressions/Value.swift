package import Events

/// What an expression reads and yields.
package enum Value {
  case null
  case bool(Bool)
  case number(ExactDecimal)
  case text(String)
  case instant(Instant)
  case day(CivilDate)
  case list([Value])
  case record(any Record)
}

/// Something whose fields an expression can name: a row, a JSON object, a profile.
///
/// A class, because values are copied all the time, and copying a reference costs least.
package protocol Record: AnyObject {
  /// The field's value; `.null` for a field that is not there.
  func value(named name: String) -> Value

  /// The value that several names lead to, for a record that knows such ways as a whole (`email.opened` beside
  /// `email`); nil leaves it to the names one by one.
  func value(along names: [String]) -> Value?

  /// The fields in the order in which the record is written out as an object. May be empty for a record that is only
  /// asked by name; such a record is written as `{}`.
  var names: [String] { get }

  /// Whether there is no field to write out. O(1) where a record can tell.
  var isEmpty: Bool { get }

  /// Calls `body` with every field in the order of `names`. O(fields) where a record can do it.
  func forEachField(_ body: (String, Value) throws -> Void) rethrows
}

extension Record {
  package func value(along names: [String]) -> Value? { nil }

  package var names: [String] { [] }

  package var isEmpty: Bool { names.isEmpty }

  package func forEachField(_ body: (String, Value) throws -> Void) rethrows {
    for name in names { try body(name, value(named: name)) }
  }
}

extension Value {
  package var isNull: Bool {
    if case .null = self { true } else { false }
  }

  /// The kind with its article, for messages: "a number".
  package var kindName: String {
    switch self {
    case .null: "null"
    case .bool: "a truth value"
    case .number: "a number"
    case .text: "a text"
    case .instant: "an instant"
    case .day: "a day"
    case .list: "a list"
    case .record: "a record"
    }
  }

  /// A scalar as plain text: numbers without exponent, instants as RFC 3339 in UTC, days as ISO 8601. Nil for null,
  /// lists and records. Allocates.
  package var plainText: String? {
    switch self {
    case .null, .list, .record: nil
    case .bool(let flag): flag ? "true" : "false"
    case .number(let number): number.description
    case .text(let text): text
    case .instant(let instant): instant.rfc3339
    case .day(let day): day.iso
    }
  }
}

extension Value: CustomStringConvertible {
  /// The value as a message shows it: texts in quotes, at most 60 characters of them.
  package var description: String {
    switch self {
    case .text(let text): "'" + Self.shortened(text) + "'"
    case .list(let elements): "a list of \(elements.count)"
    case .record: "a record"
    default: plainText ?? "null"
    }
  }

  private static func shortened(_ text: String) -> String {
    let limit = 60
    guard let end = text.index(text.startIndex, offsetBy: limit, limitedBy: text.endIndex), end < text.endIndex else {
      return text
    }
    return text[..<end] + "…"
  }
}
