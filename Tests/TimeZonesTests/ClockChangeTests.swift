import Events
import Testing
import TimeZones

@Suite struct ClockChangeTests {
  private func civil(_ text: String) throws -> CivilDateTime {
    CivilDateTime(microsecondsSinceEpoch: try Instant(rfc3339: text + "Z").microseconds)
  }

  private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(iso: text)) }

  @Test(
    "A time in a gap moves forward by the gap; of a time shown twice the first is meant",
    arguments: [
      ("America/New_York", "2024-03-10T01:59:59", "2024-03-10T06:59:59Z"),
      ("America/New_York", "2024-03-10T02:00:00", "2024-03-10T07:00:00Z"),
      ("America/New_York", "2024-03-10T02:30:00.25", "2024-03-10T07:30:00.250Z"),
      ("America/New_York", "2024-03-10T03:00:00", "2024-03-10T07:00:00Z"),
      ("America/New_York", "2024-11-03T01:30:00", "2024-11-03T05:30:00Z"),
      ("America/New_York", "2024-11-03T02:00:00", "2024-11-03T07:00:00Z"),
      ("America/New_York", "2060-03-14T02:30:00", "2060-03-14T07:30:00Z"),
      ("Australia/Lord_Howe", "2024-10-06T02:15:00", "2024-10-05T15:45:00Z"),
      ("Australia/Lord_Howe", "2024-04-07T01:45:00", "2024-04-06T14:45:00Z"),
      ("Pacific/Apia", "2011-12-30T12:00:00", "2011-12-30T22:00:00Z"),
    ])
  func gapsAndOverlaps(zone: String, clock: String, instant: String) throws {
    #expect(try TimeZone(identifier: zone).instant(of: civil(clock)).rfc3339 == instant)
  }

  @Test(
    "A day starts at midnight, or when the clocks jump over it",
    arguments: [
      ("Asia/Ho_Chi_Minh", "2026-02-28", "2026-02-27T17:00:00Z"),
      ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"),  // 00:00 became 01:00
      ("America/Toronto", "1919-03-31", "1919-03-31T04:30:00Z"),  // 23:30 of the day before became 00:30
      ("Asia/Beirut", "2022-10-30", "2022-10-29T22:00:00Z"),  // 00:00 became 23:00 of the day before
      ("America/St_Johns", "2009-11-01", "2009-11-01T02:30:00Z"),  // 00:01 became 23:01 of the day before
      ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z"),  // the day that was left out
      ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00:00Z"),
    ])
  func startsOfDays(zone: String, day: String, instant: String) throws {
    #expect(try TimeZone(identifier: zone).startOfDay(date(day)).rfc3339 == instant)
  }

  @Test("A day ends with its last microsecond")
  func endOfDay() throws {
    let zone = try TimeZone(identifier: "Asia/Ho_Chi_Minh")
    #expect(zone.endOfDay(try date("2026-02-28")).rfc3339 == "2026-02-28T16:59:59.999999Z")
  }

  @Test("Days cover time without gap or overlap, and an instant lies in the day that the clocks show")
  func daysPartitionTime() throws {
    for identifier in ["America/New_York", "Europe/Berlin", "America/Sao_Paulo", "Asia/Beirut", "Pacific/Apia", "UTC"] {
      let zone = try TimeZone(identifier: identifier)
      var day = try date("2008-01-01")
      while day.year < 2046 {
        let (start, end) = (zone.startOfDay(day), zone.endOfDay(day))
        #expect(end.microseconds + 1 == zone.startOfDay(day.adding(days: 1)).microseconds, "\(zone) \(day)")
        if start < end {
          #expect(zone.civil(start).date == day, "\(zone) \(day)")
          #expect(zone.civil(Instant(microseconds: (start.microseconds + end.microseconds) / 2)).date == day)
          #expect(zone.civil(Instant(microseconds: start.microseconds - 1)).date < day, "\(zone) \(day)")
        } else {
          #expect(identifier == "Pacific/Apia" && day.iso == "2011-12-30")
        }
        day = day.adding(days: 1)
      }
    }
  }

  @Test("Later clock times never come at earlier instants, except where clocks are set back")
  func orderIsKept() throws {
    let zone = try TimeZone(identifier: "Europe/Berlin")
    var random = SeededGenerator(seed: 511)
    for _ in 0..<2000 {
      let microseconds = Int64.random(in: 0...3_000_000_000_000_000, using: &random)
      let (early, late) = (microseconds, microseconds + Int64.random(in: 0...10_800_000_000, using: &random))
      let first = zone.instant(of: CivilDateTime(microsecondsSinceEpoch: early))
      let second = zone.instant(of: CivilDateTime(microsecondsSinceEpoch: late))
      let isInGap = zone.civil(first) != CivilDateTime(microsecondsSinceEpoch: early)
      #expect(first <= second || isInGap, "\(random) \(early) \(late)")
    }
  }
}
