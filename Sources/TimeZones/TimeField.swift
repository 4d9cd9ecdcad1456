/// One field of a time pattern.
enum TimeField: Hashable, Sendable {
  /// A number of `width` digits, or where `width` is 1 of one or two.
  case number(Part, width: Int)
  case monthName
  case dayPeriod
  /// Digits of the fraction of a second.
  case fraction(digits: Int)
  /// "+0700", or with a colon "+07:00" and "Z" for UTC.
  case offset(withColon: Bool)
  case literal(UInt8)

  /// What a number says.
  enum Part: Hashable, Sendable {
    case year, yearOfCentury, month, day, hour, hourOfHalfDay, minute, second
  }

  /// The fields of a given spelling, but for fractions.
  private static let bySpelling: [(spelling: String, field: TimeField)] = [
    ("yyyy", .number(.year, width: 4)), ("yy", .number(.yearOfCentury, width: 2)),
    ("MMM", .monthName), ("MM", .number(.month, width: 2)), ("M", .number(.month, width: 1)),
    ("dd", .number(.day, width: 2)), ("d", .number(.day, width: 1)),
    ("HH", .number(.hour, width: 2)), ("H", .number(.hour, width: 1)),
    ("hh", .number(.hourOfHalfDay, width: 2)), ("h", .number(.hourOfHalfDay, width: 1)),
    ("mm", .number(.minute, width: 2)), ("m", .number(.minute, width: 1)),
    ("ss", .number(.second, width: 2)), ("s", .number(.second, width: 1)),
    ("a", .dayPeriod), ("Z", .offset(withColon: false)), ("XXX", .offset(withColon: true)),
  ]

  static var spellings: [String] { bySpelling.map(\.spelling) }

  /// Nil for an unknown spelling.
  init?(spelling: String) {
    if let known = Self.bySpelling.first(where: { $0.spelling == spelling }) {
      self = known.field
    } else if (1...9).contains(spelling.utf8.count), spelling.utf8.allSatisfy({ $0 == UInt8(ascii: "S") }) {
      self = .fraction(digits: spelling.utf8.count)
    } else {
      return nil
    }
  }

  /// What a pattern can have only once; nil for literals.
  var uniquePart: String? {
    switch self {
    case .number(.year, _), .number(.yearOfCentury, _): "year"
    case .number(.month, _), .monthName: "month"
    case .number(.hour, _), .number(.hourOfHalfDay, _): "hour"
    case .number(let part, _): part.name
    case .dayPeriod: "day period"
    case .fraction: "fraction"
    case .offset: "offset"
    case .literal: nil
    }
  }
}

extension TimeField.Part {
  var name: String {
    switch self {
    case .year, .yearOfCentury: "year"
    case .month: "month"
    case .day: "day"
    case .hour, .hourOfHalfDay: "hour"
    case .minute: "minute"
    case .second: "second"
    }
  }

  var range: ClosedRange<Int> {
    switch self {
    case .year: 0...9999
    case .yearOfCentury: 0...99
    case .month: 1...12
    case .day: 1...31
    case .hour: 0...23
    case .hourOfHalfDay: 1...12
    case .minute, .second: 0...59
    }
  }
}

/// English month names, abbreviated.
enum MonthName {
  static let all = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]

  /// The month 1...12 of a name in any case; nil for other texts.
  static func month(_ name: some Sequence<UInt8>) -> Int? {
    let lowered = name.map { $0 | 0x20 }
    return all.firstIndex { $0.utf8.map { $0 | 0x20 } == lowered }.map { $0 + 1 }
  }
}
