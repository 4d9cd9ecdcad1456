import Events
import Testing

@Suite struct CivilTests {
  @Test("Counting days one by one from 1890 to 2110 gives the calendar of the textbook rule")
  func daysOneByOne() throws {
    var date = try #require(CivilDate(iso: "1890-01-01"))
    var days = -29_219  // 80 years, of which 19 leap years (1900 was none)
    #expect(date.daysSinceEpoch == days)
    while date.year < 2110 {
      #expect(date.daysSinceEpoch == days && CivilDate(daysSinceEpoch: days) == date, "\(date)")
      date = try #require(dayAfter(date))
      days += 1
    }
  }

  /// The rule as schools teach it, without any formula of the implementation.
  private func dayAfter(_ date: CivilDate) -> CivilDate? {
    let isLeapYear = date.year % 400 == 0 || (date.year % 4 == 0 && date.year % 100 != 0)
    let lengths = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    if date.day < lengths[date.month - 1] { return CivilDate(year: date.year, month: date.month, day: date.day + 1) }
    if date.month < 12 { return CivilDate(year: date.year, month: date.month + 1, day: 1) }
    return CivilDate(year: date.year + 1, month: 1, day: 1)
  }

  @Test("Any day comes back from its number, and later numbers are later days")
  func dayNumbersRoundTrip() {
    var random = SeededGenerator(seed: 301)
    for _ in 0..<5000 {
      let days = Int.random(in: -100_000_000...100_000_000, using: &random)
      let date = CivilDate(daysSinceEpoch: days)
      #expect(date.daysSinceEpoch == days, "\(random)")
      #expect(CivilDate(year: date.year, month: date.month, day: date.day) == date, "\(random)")
      #expect(date < date.adding(days: 1), "\(random)")
    }
  }

  @Test(
    "Days that do not exist and other notations are refused",
    arguments: [
      "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31", "2026-01-00", "26-01-01",
      "2026-1-1", "20260101", "2026-01-01 ", "2026/01/01", "",
    ])
  func impossibleDates(text: String) {
    #expect(CivilDate(iso: text) == nil)
  }

  @Test("Dates are written as they are read")
  func isoRoundTrip() {
    for text in ["0000-02-29", "2000-02-29", "2024-02-29", "9999-12-31", "1970-01-01"] {
      #expect(CivilDate(iso: text)?.iso == text)
    }
  }

  @Test("Clock times come back from their microseconds, before and after 1970")
  func dateTimesRoundTrip() {
    var random = SeededGenerator(seed: 302)
    for _ in 0..<3000 {
      let microseconds = Int64.random(in: -62_000_000_000_000_000...250_000_000_000_000_000, using: &random)
      let civil = CivilDateTime(microsecondsSinceEpoch: microseconds)
      #expect(civil.microsecondsSinceEpoch == microseconds, "\(random)")
      #expect(civil < CivilDateTime(microsecondsSinceEpoch: microseconds + 1), "\(random)")
    }
    #expect(CivilDateTime(microsecondsSinceEpoch: -1).description == "1969-12-31T23:59:59.999999")
  }
}
