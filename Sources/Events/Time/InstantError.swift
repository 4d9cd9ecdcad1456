/// What is wrong with a timestamp. Positions count bytes from 0.
package enum InstantError: Error, Hashable {
  package enum Component: String, Sendable {
    case year, month, day, hour, minute, second, fraction
    case offsetHour = "hour of the offset"
    case offsetMinute = "minute of the offset"
  }

  case expectedDigits(Component, at: Int)
  case expectedSeparator(UInt8, at: Int)
  case outOfRange(Component, found: Int)
  case noSuchDay(year: Int, month: Int, day: Int)
  case missingOffset
  case notALeapSecond
  case trailingText(at: Int)
}

extension InstantError: CustomStringConvertible {
  package var description: String { problem + "; send RFC 3339, for example 2026-02-28T14:05:00+07:00" }

  private var problem: String {
    switch self {
    case .expectedDigits(let component, let position):
      "the digits of the \(component.rawValue) are missing at position \(position)"
    case .expectedSeparator(let separator, let position):
      "'\(Character(Unicode.Scalar(separator)))' is missing at position \(position)"
    case .outOfRange(let component, let found): "there is no \(component.rawValue) \(found)"
    case .noSuchDay(let year, let month, let day):
      "month \(month) of the year \(year) has no day \(day)"
    case .missingOffset: "the offset from UTC is missing"
    case .notALeapSecond: "second 60 exists only as the leap second 23:59:60 UTC"
    case .trailingText(let position): "the timestamp should end at position \(position)"
    }
  }
}
