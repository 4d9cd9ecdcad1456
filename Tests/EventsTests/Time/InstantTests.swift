import Events
import Testing

@Suite struct InstantTests {
  @Test(
    "Timestamps of RFC 3339 are read to the microsecond",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2026-02-28T14:05:09+07:00", 1_772_262_309_000_000),
      ("2026-02-28t07:05:09z", 1_772_262_309_000_000), ("2026-02-28 07:05:09.5Z", 1_772_262_309_500_000),
      ("2026-02-28T07:05:09.123456789Z", 1_772_262_309_123_456), ("1969-12-31T23:59:59.999999-00:00", -1),
      ("0000-01-01T00:00:00Z", -62_167_219_200_000_000), ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
      ("1985-04-12T23:20:50.52Z", 482_196_050_520_000), ("1996-12-19T16:39:57-08:00", 851_042_397_000_000),
      ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130_000),
    ] as [(String, Int64)])
  func reading(text: String, microseconds: Int64) throws {
    #expect(try Instant(rfc3339: text).microseconds == microseconds)
  }

  @Test("Second 60 is the following second where UTC has 23:59:60, and nowhere else")
  func leapSeconds() throws {
    let next = try Instant(rfc3339: "2017-01-01T00:00:00Z")
    #expect(try Instant(rfc3339: "2016-12-31T23:59:60Z") == next)
    #expect(try Instant(rfc3339: "2017-01-01T06:59:60+07:00") == next)
    #expect(try Instant(rfc3339: "1990-12-31T15:59:60-08:00") == Instant(rfc3339: "1991-01-01T00:00:00Z"))
    #expect(throws: InstantError.notALeapSecond) { try Instant(rfc3339: "2016-12-31T23:59:60+07:00") }
    #expect(throws: InstantError.notALeapSecond) { try Instant(rfc3339: "2016-12-31T12:00:60Z") }
    #expect(throws: InstantError.outOfRange(.second, found: 61)) { try Instant(rfc3339: "2016-12-31T23:59:61Z") }
  }

  @Test(
    "A wrong timestamp is refused with what is wrong in it",
    arguments: [
      ("2026-02-28T14:05:09", .missingOffset), ("2026-02-28T14:05:09 +07:00", .missingOffset),
      ("2026-13-01T00:00:00Z", .outOfRange(.month, found: 13)), ("2026-00-01T00:00:00Z", .outOfRange(.month, found: 0)),
      ("2026-02-30T00:00:00Z", .noSuchDay(year: 2026, month: 2, day: 30)),
      ("1900-02-29T00:00:00Z", .noSuchDay(year: 1900, month: 2, day: 29)),
      ("2026-02-28T24:00:00Z", .outOfRange(.hour, found: 24)),
      ("2026-02-28T23:60:00Z", .outOfRange(.minute, found: 60)),
      ("2026-02-28T23:00:00+24:00", .outOfRange(.offsetHour, found: 24)),
      ("2026-02-28T23:00:00+07:60", .outOfRange(.offsetMinute, found: 60)),
      ("2026-02-28T23:00:00+0700", .expectedSeparator(UInt8(ascii: ":"), at: 22)),
      ("2026-02-28T23:00:00.Z", .expectedDigits(.fraction, at: 20)), ("2026-02-28T23:00:00ZZ", .trailingText(at: 20)),
      ("26-02-28T23:00:00Z", .expectedDigits(.year, at: 0)),
      ("2026/02/28", .expectedSeparator(UInt8(ascii: "-"), at: 4)),
      ("2026-02-28", .expectedSeparator(UInt8(ascii: "T"), at: 10)), ("", .expectedDigits(.year, at: 0)),
      ("2026-2-28T23:00:00Z", .expectedDigits(.month, at: 5)),
    ] as [(String, InstantError)])
  func refusals(text: String, error: InstantError) {
    #expect(throws: error) { try Instant(rfc3339: text) }
  }

  @Test("The message names the fault and shows a good timestamp")
  func messages() {
    #expect(
      InstantError.noSuchDay(year: 2026, month: 2, day: 30).description
        == "month 2 of the year 2026 has no day 30; send RFC 3339, for example 2026-02-28T14:05:00+07:00")
  }

  @Test("Any instant of the years 0 to 9999 comes back from its text, whatever offset it is written with")
  func roundTrip() throws {
    var random = SeededGenerator(seed: 311)
    for _ in 0..<3000 {
      let instant = Instant(
        microseconds: Int64.random(in: -62_167_000_000_000_000...253_402_000_000_000_000, using: &random))
      #expect(try Instant(rfc3339: instant.rfc3339) == instant, "\(random) \(instant)")
      let minutes = Int64.random(in: -1439...1439, using: &random)
      let local = CivilDateTime(microsecondsSinceEpoch: instant.microseconds + minutes * 60_000_000)
      let offset = [abs(minutes) / 60, abs(minutes) % 60].map { zeroPadded($0, width: 2) }.joined(separator: ":")
      let text = "\(local)\(minutes < 0 ? "-" : "+")\(offset)"
      #expect(try Instant(rfc3339: text) == instant, "\(random) \(text)")
    }
  }

  @Test("Instants are written in UTC with 0, 3 or 6 decimals")
  func writing() {
    #expect(Instant(microseconds: 0).rfc3339 == "1970-01-01T00:00:00Z")
    #expect(Instant(microseconds: 500_000).rfc3339 == "1970-01-01T00:00:00.500Z")
    #expect(Instant(microseconds: 1).rfc3339 == "1970-01-01T00:00:00.000001Z")
  }

  @Test("No prefix of a timestamp and no timestamp with one byte changed traps")
  func damagedTimestamps() {
    let whole = Array("2026-02-28T14:05:09.123456+07:00".utf8)
    for end in 0..<whole.count {
      #expect(whole[..<end].withUnsafeBufferPointer { (try? Instant(rfc3339: $0)) == nil }, "\(end) bytes")
    }
    for position in whole.indices {
      for byte in UInt8.min...UInt8.max {
        var damaged = whole
        damaged[position] = byte
        let instant = damaged.asBuffer { try? Instant(rfc3339: $0) }
        if byte == whole[position] { #expect(instant != nil) }
        if byte >= 0x80 { #expect(instant == nil) }
      }
    }
  }
}
