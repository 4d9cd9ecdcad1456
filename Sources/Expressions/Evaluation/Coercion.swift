import Events

extension Value {
  /// A number, or a text that says one; nil for null. Throws for everything else.
  func asNumber() throws(EvaluationError) -> ExactDecimal? {
    switch self {
    case .null: return nil
    case .number(let number): return number
    case .text(let text):
      if let number = readNumber(text) { return number }
      throw EvaluationError("this is not a number", value: self)
    default: throw EvaluationError("\(kindName) is not a number", value: self)
    }
  }

  /// A number, or a text that says one; nil for everything else.
  var numberByValue: ExactDecimal? {
    switch self {
    case .number(let number): number
    case .text(let text): readNumber(text)
    default: nil
    }
  }

  /// An instant or a day, or a text that says one in RFC 3339 or ISO 8601; nil for everything else.
  func asTime() -> Value? {
    switch self {
    case .instant, .day: return self
    case .text(let text):
      if let day = CivilDate(iso: text) { return .day(day) }
      return Self.instant(rfc3339: text).map { .instant($0) }
    default: return nil
    }
  }

  private static func instant(rfc3339 text: String) -> Instant? {
    do {
      return try Instant(rfc3339: text)
    } catch {
      return nil
    }
  }
}
