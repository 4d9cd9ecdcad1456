/// What is wrong with a time pattern, or with a text that should match it. Positions count bytes from 0.
package enum TimeFormatError: Error, Hashable {
  case emptyPattern
  case unknownField(String, pattern: String)
  case repeatedField(String, pattern: String)
  case unterminatedQuote(pattern: String)
  /// "h" without "a", or "a" without "h".
  case halfDayMismatch(pattern: String)
  /// The pattern has no year, month or day, so a text of its form is no point in time.
  case noDate(pattern: String)
  case expected(String, at: Int, text: String)
  case outOfRange(String, found: Int, text: String)
  case noSuchDay(year: Int, month: Int, day: Int, text: String)
  case trailingText(at: Int, text: String)
}

extension TimeFormatError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .emptyPattern: "the time pattern is empty; write one such as dd/MM/yyyy HH:mm"
    case .unknownField(let field, let pattern):
      "the time pattern '\(pattern)' has the unknown field '\(field)'; there are "
        + "\(TimeField.spellings.joined(separator: " ")) and S to SSSSSSSSS, and letters to be taken as they are "
        + "stand in single quotes"
    case .repeatedField(let part, let pattern): "the time pattern '\(pattern)' has the \(part) twice; keep one of them"
    case .unterminatedQuote(let pattern): "the time pattern '\(pattern)' has a quote that is not closed"
    case .halfDayMismatch(let pattern):
      "in the time pattern '\(pattern)' h (1 to 12) and a (AM or PM) need each other; use H for 0 to 23"
    case .noDate(let pattern):
      "times cannot be read by the pattern '\(pattern)': it needs a year, a month and a day"
    case .expected(let part, let position, let text): "'\(text)' has no \(part) at position \(position)"
    case .outOfRange(let part, let found, let text): "'\(text)' has a \(part) \(found), which does not exist"
    case .noSuchDay(let year, let month, let day, let text):
      "'\(text)' is no time: month \(month) of the year \(year) has no day \(day)"
    case .trailingText(let position, let text): "'\(text)' goes on after the pattern ends at position \(position)"
    }
  }
}
