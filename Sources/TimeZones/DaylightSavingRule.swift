import Events

/// The offsets of every year after the table of a zone, as a POSIX TZ string (POSIX.1-2024, XBD 8.3, with the extensions of
/// RFC 9636, section 3.3.2) describes them.
struct DaylightSavingRule: Hashable, Sendable {
  /// Seconds ahead of UTC in standard time.
  var standardOffset: Int64
  /// Nil where clocks are never set.
  var saving: Saving?

  struct Saving: Hashable, Sendable {
    /// Seconds ahead of UTC in daylight saving time.
    var offset: Int64
    var start: YearlyMoment
    var end: YearlyMoment
  }

  /// The period of constant offset around a second since 1970.
  ///
  /// The moments of the year before and of the year after are looked at too, since a saving time may span the new year
  /// and a moment may lie a week outside its own year.
  func period(at second: Int64) -> OffsetPeriod {
    var period = OffsetPeriod(start: .min, end: .max, offset: standardOffset)
    guard let saving else { return period }
    let localDay = floorQuotient(second + standardOffset, 86_400)
    let year = CivilDate(daysSinceEpoch: Int(localDay)).year
    for year in (year - 1)...(year + 1) {
      period.narrow(around: second, at: saving.end.second(year: year) - saving.offset, newOffset: standardOffset)
      // After the end: of a saving time that ends when the next one starts, the start counts.
      period.narrow(around: second, at: saving.start.second(year: year) - standardOffset, newOffset: saving.offset)
    }
    return period
  }
}

extension OffsetPeriod {
  fileprivate mutating func narrow(around second: Int64, at transition: Int64, newOffset: Int64) {
    if transition > second {
      end = min(end, transition)
    } else if transition >= start {
      start = transition
      offset = newOffset
    }
  }
}

/// A moment that comes once a year, on local clocks.
struct YearlyMoment: Hashable, Sendable {
  enum Day: Hashable, Sendable {
    /// "Jn": day 1...365, with 29 February never counted.
    case ofYearWithoutLeapDay(Int)
    /// "n": day 0...365, with 29 February counted.
    case ofYear(Int)
    /// "Mm.w.d": weekday 0 (Sunday)...6 of week 1...5 of a month, 5 meaning the last.
    case weekday(month: Int, week: Int, weekday: Int)
  }

  var day: Day
  /// Seconds after midnight, from -167 to 167 hours.
  var time: Int64 = 7200

  /// The moment in a year, in seconds since 1970 as local clocks count them.
  func second(year: Int) -> Int64 { Int64(daysSinceEpoch(year: year)) * 86_400 + time }

  private func daysSinceEpoch(year: Int) -> Int {
    switch day {
    case .ofYear(let day): return Self.days(year, 1) + day
    case .ofYearWithoutLeapDay(let day):
      let isAfterLeapDay = day >= 60 && Self.days(year, 3) - Self.days(year, 2) == 29
      return Self.days(year, 1) + day - 1 + (isAfterLeapDay ? 1 : 0)
    case .weekday(let month, let week, let weekday):
      return Self.days(year, month) + Self.dayOffset(year: year, month: month, week: week, weekday: weekday)
    }
  }

  private static func dayOffset(year: Int, month: Int, week: Int, weekday: Int) -> Int {
    let first = days(year, month)
    // 1970-01-01 was a Thursday, weekday 4.
    let firstWeekday = ((first + 4) % 7 + 7) % 7
    let day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
    let lengthOfMonth = (month == 12 ? days(year + 1, 1) : days(year, month + 1)) - first
    return day < lengthOfMonth ? day : day - 7
  }

  /// Days from 1970-01-01 to the first day of a month 1...12.
  private static func days(_ year: Int, _ month: Int) -> Int {
    guard let date = CivilDate(year: year, month: month, day: 1) else {
      preconditionFailure("every month 1...12 has a first day")
    }
    return date.daysSinceEpoch
  }
}
