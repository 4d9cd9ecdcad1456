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

/// Days of moments in a zone. The zone is asked once for each day of UTC: clocks are set on few of them.
struct DayNumbers {
  private let zone: TimeZone
  /// By day of UTC, in microseconds; `unknown` where the zone was not asked yet.
  private var offsets: [Int64] = []
  private static let day: Int64 = 86_400_000_000
  private static let unknown = Int64.max
  /// Clocks are set on that day, so each moment of it is asked for.
  private static let various = Int64.min

  init(_ zone: TimeZone) { self.zone = zone }

  /// The day of a moment in microseconds since 1970, in days since 1970. O(1) for most.
  mutating func day(_ time: Int64) -> Int {
    let utc = Int(time / Self.day)
    guard time >= 0, utc < 1 << 20 else { return Self.day(time, offset(at: time)) }
    if utc >= offsets.count {
      offsets += Array(repeating: Self.unknown, count: utc + 1024 - offsets.count)
    }
    if offsets[utc] == Self.unknown { offsets[utc] = offset(ofDay: Int64(utc)) }
    return Self.day(time, offsets[utc] == Self.various ? offset(at: time) : offsets[utc])
  }

  private func offset(ofDay utc: Int64) -> Int64 {
    let (first, last) = (offset(at: utc * Self.day), offset(at: (utc + 1) * Self.day - 1))
    return first == last ? first : Self.various
  }

  private func offset(at time: Int64) -> Int64 {
    Int64(zone.offsetSeconds(at: Instant(microseconds: time))) * 1_000_000
  }

  private static func day(_ time: Int64, _ offset: Int64) -> Int {
    let local = time + offset
    return Int(local >= 0 ? local / day : -((day - 1 - local) / day))
  }
}
