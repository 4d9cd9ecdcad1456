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
  package var description: String { date.iso + "T" + timeOfDay }

  /// "07:05:09", with 3 or 6 decimals where there is a fraction.
  package var timeOfDay: String {
    let clock = [hour, minute, second].map { zeroPadded($0, width: 2) }.joined(separator: ":")
    if microsecond == 0 { return clock }
    if microsecond % 1000 == 0 { return clock + "." + zeroPadded(microsecond / 1000, width: 3) }
    return clock + "." + zeroPadded(microsecond, width: 6)
  }
}
