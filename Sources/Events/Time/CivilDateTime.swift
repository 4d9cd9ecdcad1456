/// What calendar and clock on the wall show, in no particular time zone.
package struct CivilDateTime: Hashable, Sendable {
  package let date: CivilDate
  package let hour: Int
  package let minute: Int
  package let second: Int
  package let microsecond: Int

  /// Hour 0...23, minute and second 0...59, microsecond 0...999999; whoever reads them from outside checks first.
  package init(date: CivilDate, hour: Int = 0, minute: Int = 0, second: Int = 0, microsecond: Int = 0) {
    precondition((0...23).contains(hour) && (0...59).contains(minute), "no clock shows \(hour):\(minute)")
    precondition((0...59).contains(second) && (0...999_999).contains(microsecond), "seconds out of range")
    self.date = date
    self.hour = hour
    self.minute = minute
    self.second = second
    self.microsecond = microsecond
  }

  /// What a clock shows so many microseconds after it showed 1970-01-01 00:00, if it is never set forward or back.
  package init(microsecondsSinceEpoch microseconds: Int64) {
    let days = floorQuotient(microseconds, Self.microsecondsPerDay)
    let rest = Int(microseconds - days * Self.microsecondsPerDay)
    let seconds = rest / 1_000_000
    date = CivilDate(daysSinceEpoch: Int(days))
    hour = seconds / 3600
    minute = seconds / 60 % 60
    second = seconds % 60
    microsecond = rest % 1_000_000
  }

  /// The inverse of `init(microsecondsSinceEpoch:)`. Traps some 292,000 years from 1970.
  package var microsecondsSinceEpoch: Int64 {
    let seconds = Int64(hour * 3600 + minute * 60 + second)
    return Int64(date.daysSinceEpoch) * Self.microsecondsPerDay + seconds * 1_000_000 + Int64(microsecond)
  }

  private static let microsecondsPerDay: Int64 = 86_400_000_000
}

extension CivilDateTime: Comparable, CustomStringConvertible {
  package static func < (left: CivilDateTime, right: CivilDateTime) -> Bool {
    if left.date != right.date { return left.date < right.date }
    return (left.hour, left.minute, left.second, left.microsecond)
      < (right.hour, right.minute, right.second, right.microsecond)
  }

  /// ISO 8601 without an offset: "2026-02-28T07:05:09", with 3 or 6 decimals where there is a fraction.
  package var description: String { iso(suffix: "") }

  /// The same with something behind it, such as "Z".
  func iso(suffix: String) -> String {
    guard (0...9999).contains(date.year) else { return date.iso + "T" + timeOfDay + suffix }
    // Every event has a time, so it is written digit by digit.
    return String(unsafeUninitializedCapacity: 26 + suffix.utf8.count) { buffer in
      var writer = DigitWriter(buffer: buffer)
      writer.digits(date.year, 4)
      writer.digits(date.month, 2, after: "-")
      writer.digits(date.day, 2, after: "-")
      writer.digits(hour, 2, after: "T")
      writeClock(to: &writer)
      for byte in suffix.utf8 { writer.byte(byte) }
      return writer.count
    }
  }

  /// "07:05:09", with 3 or 6 decimals where there is a fraction.
  package var timeOfDay: String {
    String(unsafeUninitializedCapacity: 15) { buffer in
      var writer = DigitWriter(buffer: buffer)
      writer.digits(hour, 2)
      writeClock(to: &writer)
      return writer.count
    }
  }

  private func writeClock(to writer: inout DigitWriter) {
    writer.digits(minute, 2, after: ":")
    writer.digits(second, 2, after: ":")
    if microsecond == 0 { return }
    if microsecond % 1000 == 0 { return writer.digits(microsecond / 1000, 3, after: ".") }
    writer.digits(microsecond, 6, after: ".")
  }
}

/// Writes numbers of known width.
private struct DigitWriter {
  let buffer: UnsafeMutableBufferPointer<UInt8>
  private(set) var count = 0

  init(buffer: UnsafeMutableBufferPointer<UInt8>) { self.buffer = buffer }

  mutating func byte(_ byte: UInt8) {
    buffer[count] = byte
    count += 1
  }

  /// The last `width` digits of a number that is not negative.
  mutating func digits(_ number: Int, _ width: Int, after mark: Unicode.Scalar? = nil) {
    if let mark { byte(UInt8(ascii: mark)) }
    var rest = number
    for place in stride(from: count + width - 1, through: count, by: -1) {
      buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    count += width
  }
}
