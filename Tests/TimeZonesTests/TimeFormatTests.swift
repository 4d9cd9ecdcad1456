import Events
import Testing
import TimeZones

@Suite struct TimeFormatTests {
  private let hanoi: TimeZone

  init() throws { hanoi = try TimeZone(identifier: "Asia/Ho_Chi_Minh") }

  @Test(
    "A text is read by its pattern, in the zone unless it has an offset",
    arguments: [
      ("dd/MM/yyyy HH:mm", "28/02/2026 14:05", "2026-02-28T07:05:00Z"),
      ("d/M/yy H:m:s", "1/3/26 7:05:9", "2026-03-01T00:05:09Z"), ("d/M/yy", "28/12/68", "2068-12-27T17:00:00Z"),
      ("yyyyMMdd", "20260228", "2026-02-27T17:00:00Z"),
      ("dd MMM yyyy hh:mm a", "05 mAr 2026 12:00 am", "2026-03-04T17:00:00Z"),
      ("MMM d, yyyy h:mm a", "Mar 5, 2026 12:30 PM", "2026-03-05T05:30:00Z"),
      ("MMM d, yyyy h:mma", "Mar 5, 2026 1:30PM", "2026-03-05T06:30:00Z"),
      ("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "2026-02-28T14:05:09.125+09:00", "2026-02-28T05:05:09.125Z"),
      ("yyyy-MM-dd'T'HH:mm:ss.SSSXXX", "2026-02-28T14:05:09.125Z", "2026-02-28T14:05:09.125Z"),
      ("yyyy-MM-dd HH:mm:ss Z", "2026-02-28 14:05:09 -0330", "2026-02-28T17:35:09Z"),
      ("yyyy-MM-dd HH:mm:ss.SSSSSSSSS", "2026-02-28 14:05:09.123456789", "2026-02-28T07:05:09.123456Z"),
      ("'ngày' dd 'o''clock' ''MM yyyy", "ngày 28 o'clock '02 2026", "2026-02-27T17:00:00Z"),
    ])
  func reading(pattern: String, text: String, expected: String) throws {
    #expect(try TimeFormat(pattern: pattern).parse(text, in: hanoi).rfc3339 == expected)
  }

  @Test("Two-digit years from 69 on are of the last century")
  func twoDigitYears() throws {
    let format = try TimeFormat(pattern: "yy-MM-dd")
    #expect(try format.parse("69-01-01", in: .utc).rfc3339 == "1969-01-01T00:00:00Z")
    #expect(try format.parse("00-01-01", in: .utc).rfc3339 == "2000-01-01T00:00:00Z")
  }

  @Test(
    "A text that does not match as a whole is refused with the place",
    arguments: [
      ("dd/MM/yyyy", "28/02/26", .expected("year", at: 6, text: "28/02/26")),
      ("dd/MM/yyyy", "2/02/2026", .expected("day", at: 0, text: "2/02/2026")),
      ("dd/MM/yyyy", "28-02-2026", .expected("'/'", at: 2, text: "28-02-2026")),
      ("dd/MM/yyyy", "28/02/2026 ", .trailingText(at: 10, text: "28/02/2026 ")),
      ("dd/MM/yyyy", "28/13/2026", .outOfRange("month", found: 13, text: "28/13/2026")),
      ("dd/MM/yyyy", "29/02/2026", .noSuchDay(year: 2026, month: 2, day: 29, text: "29/02/2026")),
      ("d/M/yyyy H:mm", "1/1/2026 24:00", .outOfRange("hour", found: 24, text: "1/1/2026 24:00")),
      ("d/M/yyyy h:mm a", "1/1/2026 0:00 AM", .outOfRange("hour", found: 0, text: "1/1/2026 0:00 AM")),
      ("d/M/yyyy h:mm a", "1/1/2026 1:00", .expected("' '", at: 13, text: "1/1/2026 1:00")),
      ("d MMM yyyy", "1 Mai 2026", .expected("English month name", at: 2, text: "1 Mai 2026")),
      ("d/M/yyyy Z", "1/1/2026 +24:00", .outOfRange("offset from UTC", found: 2400, text: "1/1/2026 +24:00")),
      ("HH:mm", "10:00", .noDate(pattern: "HH:mm")), ("dd/MM/yyyy", "", .expected("day", at: 0, text: "")),
    ] as [(String, String, TimeFormatError)])
  func mismatches(pattern: String, text: String, error: TimeFormatError) throws {
    let format = try TimeFormat(pattern: pattern)
    #expect(throws: error) { try format.parse(text, in: hanoi) }
  }

  @Test(
    "A wrong pattern is refused when it is made",
    arguments: [
      ("", .emptyPattern), ("dd/MM/yyy", .unknownField("yyy", pattern: "dd/MM/yyy")),
      ("MMMM", .unknownField("MMMM", pattern: "MMMM")),
      ("yyyy-MM-ddTHH", .unknownField("T", pattern: "yyyy-MM-ddTHH")),
      ("SSSSSSSSSS", .unknownField("SSSSSSSSSS", pattern: "SSSSSSSSSS")),
      ("dd d", .repeatedField("day", pattern: "dd d")), ("MM MMM", .repeatedField("month", pattern: "MM MMM")),
      ("yy 'o''clock", .unterminatedQuote(pattern: "yy 'o''clock")), ("hh:mm", .halfDayMismatch(pattern: "hh:mm")),
      ("HH:mm a", .halfDayMismatch(pattern: "HH:mm a")),
    ] as [(String, TimeFormatError)])
  func wrongPatterns(pattern: String, error: TimeFormatError) {
    #expect(throws: error) { try TimeFormat(pattern: pattern) }
  }

  @Test("Instants are written as the pattern says")
  func writing() throws {
    let instant = try Instant(rfc3339: "2026-02-28T17:05:09.123456Z")
    let cases = [
      ("dd/MM/yyyy HH:mm", "01/03/2026 00:05"), ("d MMM yy h:mm a", "1 Mar 26 12:05 AM"),
      ("ss.SSSSSSSSS", "09.123456000"),
      ("s.S", "9.1"), ("HH:mm:ssXXX", "00:05:09+07:00"), ("HHmmZ", "0005+0700"), ("'d'd", "d1"),
      ("yyyy年M月d日", "2026年3月1日"),
    ]
    for (pattern, expected) in cases {
      #expect(try TimeFormat(pattern: pattern).format(instant, in: hanoi) == expected)
    }
    #expect(try TimeFormat(pattern: "HH:mmXXX").format(instant, in: .utc) == "17:05Z")
  }

  @Test("What a full pattern writes it reads back, in every zone")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 521)
    let patterns = ["yyyy-MM-dd HH:mm:ss.SSSSSSXXX", "d MMM yyyy h:m:s a SSSSSS Z", "dd.MM.yy'T'HHmmss.SSSSSSXXX"]
    let zones = try ["Asia/Ho_Chi_Minh", "America/New_York", "Australia/Lord_Howe", "UTC", "-03:30"].map {
      try TimeZone(identifier: $0)
    }
    for pattern in patterns {
      let format = try TimeFormat(pattern: pattern)
      for zone in zones {
        for _ in 0..<300 {
          // From 1972 on all these offsets are whole minutes.
          let instant = Instant(
            microseconds: Int64.random(in: 63_072_000_000_000...3_000_000_000_000_000, using: &random))
          let text = format.format(instant, in: zone)
          #expect(try format.parse(text, in: .utc) == instant, "\(random) \(text)")
        }
      }
    }
  }
}
