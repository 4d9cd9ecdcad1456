package import Events
package import TimeZones

/// The day that scores are of: what had happened by its end in the shop's time zone counts, and ages are whole days to it.
package struct ScoringDay: Hashable, Sendable {
  package let date: CivilDate
  /// Its last microsecond, since 1970.
  package let end: Int64

  package init(_ date: CivilDate, in zone: TimeZone) {
    self.date = date
    end = zone.endOfDay(date).microseconds
  }

  /// Days since 1970.
  package var number: Int { date.daysSinceEpoch }
}

extension TimeZone {
  /// The day of a moment, in days since 1970. O(log transitions).
  func dayNumber(_ microseconds: Int64) -> Int {
    let local = microseconds + Int64(offsetSeconds(at: Instant(microseconds: microseconds))) * 1_000_000
    return Int(floorQuotient(local, 86_400_000_000))
  }
}
