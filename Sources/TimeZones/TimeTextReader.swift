import Events

/// Reads a text field by field.
struct TimeTextReader {
  private let text: String
  private let bytes: [UInt8]
  private var position = 0
  private var values: [TimeField.Part: Int] = [:]
  private var microsecond = 0
  private var isAfternoon = false
  private var offset: Int?

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  mutating func read(_ field: TimeField) throws(TimeFormatError) {
    switch field {
    case .number(let part, let width): values[part] = try number(part, width: width)
    case .monthName: values[.month] = try monthName()
    case .dayPeriod: isAfternoon = try dayPeriod()
    case .fraction(let digits): microsecond = try fraction(digits: digits)
    case .offset: offset = try offsetSeconds()
    case .literal(let byte):
      guard skip(byte) else { throw expected(byte < 0x80 ? "'\(Character(Unicode.Scalar(byte)))'" : "literal text") }
    }
  }

  /// What the fields together say, once the text has been read to its end.
  func instant(in zone: TimeZone) throws(TimeFormatError) -> Instant {
    guard position == bytes.count else { throw .trailingText(at: position, text: text) }
    let civil = CivilDateTime(
      date: try date(), hour: hour, minute: values[.minute, default: 0], second: values[.second, default: 0],
      microsecond: microsecond)
    guard let offset else { return zone.instant(of: civil) }
    return Instant(microseconds: civil.microsecondsSinceEpoch - Int64(offset) * 1_000_000)
  }

  private func date() throws(TimeFormatError) -> CivilDate {
    let year = values[.year] ?? values[.yearOfCentury].map { $0 <= 68 ? 2000 + $0 : 1900 + $0 } ?? 0
    let (month, day) = (values[.month, default: 0], values[.day, default: 0])
    guard let date = CivilDate(year: year, month: month, day: day) else {
      throw .noSuchDay(year: year, month: month, day: day, text: text)
    }
    return date
  }

  private var hour: Int {
    // 12 AM is midnight, 12 PM noon.
    values[.hour] ?? values[.hourOfHalfDay].map { $0 % 12 + (isAfternoon ? 12 : 0) } ?? 0
  }
}

/// What the forms of ISO 8601 need beside fields of a pattern.
extension TimeTextReader {
  var isAtEnd: Bool { position == bytes.count }

  /// Passes over a character if it comes next.
  mutating func skips(_ character: Unicode.Scalar) -> Bool { skip(UInt8(ascii: character)) }

  /// One to nine digits.
  mutating func readFraction() throws(TimeFormatError) {
    let count = bytes[position...].prefix(9).prefix { $0 &- UInt8(ascii: "0") <= 9 }.count
    guard count > 0 else { throw expected("fraction of a second") }
    microsecond = try fraction(digits: count)
  }

  /// An offset whose minutes may be missing.
  mutating func readShortOffset() throws(TimeFormatError) {
    offset = try offsetSeconds(needsMinutes: false)
  }
}

extension TimeTextReader {
  func expected(_ part: String) -> TimeFormatError { .expected(part, at: position, text: text) }

  private mutating func skip(_ byte: UInt8) -> Bool {
    guard position < bytes.count, bytes[position] == byte else { return false }
    position += 1
    return true
  }

  /// As many digits as there are, up to `greatest`; nil and nothing read where there are fewer than `least`.
  private mutating func digits(_ least: Int, _ greatest: Int) -> Int? {
    let digits = bytes[position...].prefix(greatest).prefix { $0 &- UInt8(ascii: "0") <= 9 }
    guard digits.count >= least else { return nil }
    position += digits.count
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private mutating func number(_ part: TimeField.Part, width: Int) throws(TimeFormatError) -> Int {
    guard let number = digits(width, max(width, 2)) else { throw expected(part.name) }
    guard part.range.contains(number) else { throw .outOfRange(part.name, found: number, text: text) }
    return number
  }

  private mutating func monthName() throws(TimeFormatError) -> Int {
    guard let month = MonthName.month(bytes[position...].prefix(3)) else { throw expected("English month name") }
    position += 3
    return month
  }

  private mutating func dayPeriod() throws(TimeFormatError) -> Bool {
    let letters = bytes[position...].prefix(2).map { $0 | 0x20 }
    guard letters == Array("am".utf8) || letters == Array("pm".utf8) else { throw expected("AM or PM") }
    position += 2
    return letters == Array("pm".utf8)
  }

  /// Digits beyond the microseconds are cut off.
  private mutating func fraction(digits count: Int) throws(TimeFormatError) -> Int {
    guard let nanoseconds = digits(count, count).map({ $0 * Self.power(9 - count) }) else {
      throw expected("fraction of \(count) digits")
    }
    return nanoseconds / 1000
  }

  private static func power(_ exponent: Int) -> Int { (0..<exponent).reduce(1) { power, _ in power * 10 } }

  /// "Z", "+0700" or "+07:00".
  private mutating func offsetSeconds(needsMinutes: Bool = true) throws(TimeFormatError) -> Int {
    if skip(UInt8(ascii: "Z")) || skip(UInt8(ascii: "z")) { return 0 }
    let isWest = skip(UInt8(ascii: "-"))
    guard isWest || skip(UInt8(ascii: "+")), let hours = digits(2, 2) else { throw expected("offset from UTC") }
    _ = skip(UInt8(ascii: ":"))
    guard let minutes = digits(2, 2) ?? (needsMinutes ? nil : 0) else { throw expected("offset from UTC") }
    guard hours < 24, minutes < 60 else {
      throw .outOfRange("offset from UTC", found: hours * 100 + minutes, text: text)
    }
    return (hours * 3600 + minutes * 60) * (isWest ? -1 : 1)
  }
}
