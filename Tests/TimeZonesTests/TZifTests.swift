import Events
import Testing
import TimeZones

@Suite struct TZifTests {
  private func zone(_ builder: TZifBuilder) throws -> TimeZone { try TimeZone(identifier: "Test", tzif: builder.bytes) }

  private func offset(_ zone: TimeZone, _ text: String) throws -> Int {
    zone.offsetSeconds(at: try Instant(rfc3339: text))
  }

  @Test("The table holds from each transition on, the first type before it, the last one after it")
  func table() throws {
    let zone = try zone(
      TZifBuilder(transitions: [(-100, 1), (100, 2), (Int64(1) << 33, 0)], offsets: [60, 3600, -7200]))
    for (second, expected) in [(-101, 60), (-100, 3600), (99, 3600), (100, -7200), (1 << 33 - 1, -7200), (1 << 33, 60)]
      as [(Int64, Int)]
    {
      #expect(zone.offsetSeconds(at: Instant(microseconds: second * 1_000_000)) == expected, "\(second)")
    }
    // The last microsecond before a transition, also before 1970, still has the offset before it.
    #expect(zone.offsetSeconds(at: Instant(microseconds: -100_000_001)) == 60)
  }

  @Test(
    "The footer rules after the table, in every notation of POSIX",
    arguments: [
      ("<+07>-7", "2050-06-01T00:00:00Z", 25_200), ("XYZ3:30:15", "2050-06-01T00:00:00Z", -12_615),
      ("EST5EDT,M3.2.0,M11.1.0", "2024-03-10T06:59:59Z", -18_000),
      ("EST5EDT,M3.2.0,M11.1.0", "2024-03-10T07:00:00Z", -14_400),
      ("EST5EDT,M3.2.0,M11.1.0", "2024-11-03T05:59:59Z", -14_400),
      ("EST5EDT,M3.2.0,M11.1.0", "2024-11-03T06:00:00Z", -18_000),
      // Southern: the saving time spans the new year.
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-01-01T00:00:00Z", 39_600),
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-07-01T00:00:00Z", 36_000),
      ("AEST-10AEDT,M10.1.0,M4.1.0/3", "2024-12-31T23:59:59Z", 39_600),
      // Negative saving and negative times (Dublin's and Greenland's rules).
      ("IST-1GMT0,M10.5.0,M3.5.0/1", "2024-01-15T00:00:00Z", 0),
      ("IST-1GMT0,M10.5.0,M3.5.0/1", "2024-07-15T00:00:00Z", 3600),
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31T00:59:59Z", -7200),
      ("<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2024-03-31T01:00:00Z", -3600),
      // Day 60 is 1 March with J in every year, and without J only in leap years.
      ("AAA0BBB,J60/0,J300/0", "2024-02-29T23:59:59Z", 0), ("AAA0BBB,J60/0,J300/0", "2024-03-01T00:00:00Z", 3600),
      ("AAA0BBB,J60/0,J300/0", "2023-03-01T00:00:00Z", 3600), ("AAA0BBB,60/0,300/0", "2023-03-01T12:00:00Z", 0),
      ("AAA0BBB,60/0,300/0", "2024-03-01T00:00:00Z", 3600), ("AAA0BBB-3,M1.1.1,M2.1.1", "2024-01-15T00:00:00Z", 10_800),
      ("AAA0BBB,J59/0,J300/0", "2024-02-28T00:00:00Z", 3600),
      // A last Sunday that lies in the fourth week: September 2023 began on a Friday and has 30 days.
      ("AAA0BBB,M4.1.0,M9.5.0/0", "2023-09-23T22:59:59Z", 3600), ("AAA0BBB,M4.1.0,M9.5.0/0", "2023-09-23T23:00:00Z", 0),
      // Saving time all year (RFC 9636, 3.3.1), and a start more than a day after its date.
      ("EST5EDT,0/0,J365/25", "2024-01-01T04:30:00Z", -14_400),
      ("EST5EDT,0/0,J365/25", "2024-12-31T23:00:00Z", -14_400),
      ("IST-2IDT,M3.4.4/26,M10.5.0", "2024-03-28T23:59:59Z", 7200),
      ("IST-2IDT,M3.4.4/26,M10.5.0", "2024-03-29T00:00:00Z", 10_800),
    ])
  func footers(footer: String, instant: String, expected: Int) throws {
    #expect(try offset(zone(TZifBuilder(footer: footer)), instant) == expected)
  }

  @Test("The footer does not reach back before the last transition")
  func footerAfterTable() throws {
    let zone = try zone(
      TZifBuilder(transitions: [(1_600_000_000, 1)], offsets: [7, 3600], footer: "CET-1CEST,M3.5.0,M10.5.0/3"))
    #expect(try offset(zone, "2020-07-01T00:00:00Z") == 7)
    #expect(try offset(zone, "2020-09-14T00:00:00Z") == 7200)
    #expect(zone.instant(of: zone.civil(Instant(microseconds: 0))) == Instant(microseconds: 0))
  }

  @Test(
    "A footer that is no POSIX TZ string is refused",
    arguments: [
      "X", "EST", "EST5EDT", "EST5EDT,M3.2.0", "EST5EDT,M13.2.0,M11.1.0", "EST5EDT,M3.6.0,M11.1.0",
      "EST5EDT,M3.2.7,M11.1.0",
      "EST5EDT,J0,J365", "EST5EDT,J1,366", "EST25", "<EST5", "EST5EDT,M3.2.0,M11.1.0,", "EST5EDT,M3.2.0/168,M11.1.0",
      "EST5:60",
    ])
  func malformedFooters(footer: String) {
    #expect(throws: TimeZoneError.damaged(identifier: "Test", reason: "its footer '\(footer)' is no POSIX TZ string")) {
      try zone(TZifBuilder(footer: footer))
    }
  }

  @Test("Damaged files are refused with what is wrong")
  func damagedFiles() throws {
    let cases: [(TZifBuilder, String)] = [
      (TZifBuilder(version: 0), "it has version 1 of TZif, without 64-bit times"),
      (TZifBuilder(transitions: [(5, 0), (5, 0)]), "its transitions are not in order"),
      (TZifBuilder(transitions: [(5, 1)]), "a transition has no type"),
      (TZifBuilder(offsets: [93_600]), "an offset exceeds 26 hours"),
      (TZifBuilder(offsets: []), "it ends too early"),
      (TZifBuilder(leapSeconds: 1), "it counts leap seconds, which the clocks of computers do not"),
    ]
    for (builder, reason) in cases {
      #expect(throws: TimeZoneError.damaged(identifier: "Test", reason: reason)) { try zone(builder) }
    }
  }

  @Test("No truncation and no flipped byte of a file traps, and every truncation is noticed")
  func damagedBytes() throws {
    let whole = TZifBuilder(
      transitions: [(-100, 1), (100, 0)], offsets: [0, 3600], footer: "CET-1CEST,M3.5.0,M10.5.0/3"
    ).bytes
    for end in whole.indices {
      #expect(throws: TimeZoneError.self, "\(end) bytes") {
        try TimeZone(identifier: "Test", tzif: Array(whole[..<end]))
      }
    }
    var refused = 0
    for position in whole.indices {
      for flip in [0x01, 0x80, 0xFF] as [UInt8] {
        var damaged = whole
        damaged[position] ^= flip
        do {
          let zone = try TimeZone(identifier: "Test", tzif: damaged)
          #expect(abs(zone.offsetSeconds(at: Instant(microseconds: 0))) < 26 * 3600)
        } catch { refused += 1 }
      }
    }
    #expect(refused > whole.count)
  }
}
