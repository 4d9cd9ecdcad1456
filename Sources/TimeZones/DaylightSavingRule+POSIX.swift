extension DaylightSavingRule {
  /// Reads a POSIX TZ string such as "<+07>-7" or "EST5EDT,M3.2.0,M11.1.0"; nil when it is malformed or leaves the dates
  /// of its saving time open. Signs follow POSIX: west is positive.
  init?(posix text: [UInt8]) {
    var reader = POSIXZoneReader(text)
    guard reader.skipName(), let west = reader.duration(hours: 0...24) else { return nil }
    standardOffset = -west
    if reader.isAtEnd { return }
    guard let saving = reader.saving(standardOffset: standardOffset), reader.isAtEnd else { return nil }
    self.saving = saving
  }
}

/// Reads the parts of a POSIX TZ string from left to right; each gives nil when it is not there.
private struct POSIXZoneReader {
  private var rest: ArraySlice<UInt8>

  init(_ text: [UInt8]) {
    rest = text[...]
  }

  var isAtEnd: Bool { rest.isEmpty }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard rest.first == UInt8(ascii: character) else { return false }
    rest.removeFirst()
    return true
  }

  /// Three letters or more, or anything between '<' and '>'.
  mutating func skipName() -> Bool {
    if skip("<") {
      rest = rest.drop { $0 != UInt8(ascii: ">") }
      return skip(">")
    }
    let letters = rest.prefix { ($0 | 0x20) &- UInt8(ascii: "a") < 26 }
    rest = rest.dropFirst(letters.count)
    return letters.count >= 3
  }

  private mutating func number(in range: ClosedRange<Int>) -> Int? {
    let digits = rest.prefix { $0 &- UInt8(ascii: "0") <= 9 }
    guard (1...3).contains(digits.count) else { return nil }
    rest = rest.dropFirst(digits.count)
    let number = digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
    return range.contains(number) ? number : nil
  }

  /// [+-]hh[:mm[:ss]], in seconds.
  mutating func duration(hours: ClosedRange<Int>) -> Int64? {
    let isNegative = skip("-")
    if !isNegative { _ = skip("+") }
    guard var seconds = number(in: hours).map({ $0 * 3600 }) else { return nil }
    for unit in [60, 1] where skip(":") {
      guard let part = number(in: 0...59) else { return nil }
      seconds += part * unit
    }
    return Int64(isNegative ? -seconds : seconds)
  }

  /// The name and offset of the saving time, then its start and its end.
  mutating func saving(standardOffset: Int64) -> DaylightSavingRule.Saving? {
    guard skipName() else { return nil }
    var offset = standardOffset + 3600
    if rest.first != UInt8(ascii: ",") {
      guard let west = duration(hours: 0...24) else { return nil }
      offset = -west
    }
    guard skip(","), let start = moment(), skip(","), let end = moment() else { return nil }
    return DaylightSavingRule.Saving(offset: offset, start: start, end: end)
  }

  private mutating func moment() -> YearlyMoment? {
    guard let day = day() else { return nil }
    guard skip("/") else { return YearlyMoment(day: day) }
    return duration(hours: 0...167).map { YearlyMoment(day: day, time: $0) }
  }

  private mutating func day() -> YearlyMoment.Day? {
    if skip("J") { return number(in: 1...365).map { .ofYearWithoutLeapDay($0) } }
    guard skip("M") else { return number(in: 0...365).map { .ofYear($0) } }
    guard let month = number(in: 1...12), skip("."), let week = number(in: 1...5), skip("."),
      let weekday = number(in: 0...6)
    else { return nil }
    return .weekday(month: month, week: week, weekday: weekday)
  }
}
