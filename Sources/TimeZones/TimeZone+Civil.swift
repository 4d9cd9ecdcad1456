package import Events

extension TimeZone {
  /// Seconds that clocks are ahead of UTC (east is positive). O(log transitions), no allocation.
  package func offsetSeconds(at instant: Instant) -> Int {
    Int(period(at: floorQuotient(instant.microseconds, 1_000_000)).offset)
  }

  /// What calendar and clocks show. O(log transitions), no allocation.
  package func civil(_ instant: Instant) -> CivilDateTime {
    CivilDateTime(microsecondsSinceEpoch: instant.microseconds + Int64(offsetSeconds(at: instant)) * 1_000_000)
  }

  /// When the clocks show a time.
  ///
  /// When they are set forward and never show it, the instant at which they would have shown it had they not been set:
  /// 02:30 in the gap from 02:00 to 03:00 is 03:30. When they are set back and show it twice, the first of the two.
  package func instant(of civil: CivilDateTime) -> Instant {
    let microseconds = civil.microsecondsSinceEpoch
    let second = floorQuotient(microseconds, 1_000_000)
    return Instant(microseconds: resolve(second).asIfNotSet * 1_000_000 + Int64(civil.microsecond))
  }

  /// The first instant of a day: midnight, or where the clocks skip midnight, when they are set.
  ///
  /// Days follow each other without gap or overlap. A day that the zone left out (Samoa, 2011-12-30) begins where the
  /// next one does. Where clocks were set back over midnight, the day has begun when they first show it.
  package func startOfDay(_ date: CivilDate) -> Instant {
    let midnight = CivilDateTime(date: date).microsecondsSinceEpoch
    return Instant(microseconds: resolve(floorQuotient(midnight, 1_000_000)).firstNotBefore * 1_000_000)
  }

  /// The last microsecond of a day, just before the next one starts.
  package func endOfDay(_ date: CivilDate) -> Instant {
    Instant(microseconds: startOfDay(date.adding(days: 1)).microseconds - 1)
  }

  /// No clock has ever been set by more than a day, nor been farther than that from UTC.
  private static let widestShift: Int64 = 2 * 86_400

  /// Both answers to when clocks show a second, given as if of UTC. They differ only in a gap: the time had the clocks
  /// not been set, and the moment at which they were.
  private func resolve(_ local: Int64) -> (asIfNotSet: Int64, firstNotBefore: Int64) {
    var period = period(at: local - Self.widestShift)
    while local - period.offset >= period.end {
      let next = self.period(at: period.end)
      if local - next.offset < next.start { return (local - period.offset, next.start) }
      period = next
    }
    return (local - period.offset, local - period.offset)
  }
}
