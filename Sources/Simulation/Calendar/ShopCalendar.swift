/// Milliseconds since 1970-01-01T00:00:00Z, or a distance between two such times.
typealias Milliseconds = Int64

extension Milliseconds {
  static let second: Milliseconds = 1000
  static let minute: Milliseconds = 60_000
  static let hour: Milliseconds = 3_600_000
  static let day: Milliseconds = 86_400_000
  /// The shop's clock is seven hours ahead of UTC, all year.
  static let zoneOffset: Milliseconds = 25_200_000
}

/// A date of the proleptic Gregorian calendar.
struct CivilDate: Equatable {
  var year: Int
  var month: Int
  var day: Int

  /// Days since 1970-01-01. Source of both conversions: Howard Hinnant, "chrono-Compatible Low-Level Date
  /// Algorithms": years begin in March, eras have 400 years.
  var daysSinceEpoch: Int {
    let shifted = month > 2 ? year : year - 1
    let era = shifted / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
  }

  init(year: Int, month: Int, day: Int) {
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// For days from 0000-03-01 on.
  init(daysSinceEpoch: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = shifted / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let marchMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * marchMonth + 2) / 5 + 1
    month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// Reads `YYYY-MM-DD`; nil if that is no date from 1970-01-02 to 9000-12-31.
  init?(_ text: String) {
    let digits = Array(text.utf8)
    guard digits.count == 10, digits[4] == UInt8(ascii: "-"), digits[7] == UInt8(ascii: "-") else { return nil }
    guard let year = Self.number(digits[0..<4]), let month = Self.number(digits[5..<7]),
      let day = Self.number(digits[8..<10]), (1970...9000).contains(year), (1...12).contains(month), day >= 1
    else { return nil }
    self.init(year: year, month: month, day: day)
    guard daysSinceEpoch >= 1, CivilDate(daysSinceEpoch: daysSinceEpoch) == self else { return nil }
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
      guard digit >= 48, digit <= 57 else { return nil }
      value = value * 10 + Int(digit - 48)
    }
    return value
  }

  /// Local time of this day in the shop.
  func at(_ hour: Int, _ minute: Int = 0) -> Milliseconds {
    Milliseconds(daysSinceEpoch) * .day + Milliseconds(hour) * .hour + Milliseconds(minute) * .minute - .zoneOffset
  }
}

/// Moves what would happen at night (22:00 to 07:00 local time) into the next morning; never to an earlier time.
func awake(_ time: Milliseconds) -> Milliseconds {
  let ofDay = (time + .zoneOffset) % .day
  if ofDay < 7 * .hour { return time + 7 * .hour }
  if ofDay >= 22 * .hour { return time + 9 * .hour }
  return time
}
