import Events

/// A value written in an expression. Unlike `Value` it can be shared between threads.
enum Literal: Sendable {
  case null
  case bool(Bool)
  case number(ExactDecimal)
  case text(String)
  case day(CivilDate)
  case instant(Instant)

  var value: Value {
    switch self {
    case .null: .null
    case .bool(let flag): .bool(flag)
    case .number(let number): .number(number)
    case .text(let text): .text(text)
    case .day(let day): .day(day)
    case .instant(let instant): .instant(instant)
    }
  }
}

extension Literal: CustomStringConvertible {
  var description: String {
    guard case .text(let text) = self else { return value.plainText ?? "null" }
    return Self.quoted(text, "'")
  }

  /// A quotation mark within the text is written twice.
  static func quoted(_ text: String, _ mark: Character) -> String {
    var quoted = String(mark)
    for scalar in text.unicodeScalars {
      quoted.unicodeScalars.append(scalar)
      if String(mark).unicodeScalars.first == scalar { quoted.unicodeScalars.append(scalar) }
    }
    return quoted + String(mark)
  }
}
