package import Events

/// Points in time as systems write them when they say "ISO 8601".
///
/// More than RFC 3339: between day and time stands `T` or a blank, the seconds, the fraction (1 to 9 digits, cut off behind
/// the microseconds, after a point or a comma) and the offset (`Z`, `+07:00`, `+0700`, `+07`, a blank before it) may be
/// missing, and a bare day is its first instant.
package enum ISODateTime {
  /// The instant; without an offset that of the clocks in `zone`. Throws with the place of what does not fit.
  package static func instant(of text: String, in zone: TimeZone) throws(TimeFormatError) -> Instant {
    if let day = CivilDate(iso: text) { return zone.startOfDay(day) }
    var reader = TimeTextReader(text)
    for field in date { try reader.read(field) }
    guard reader.skips("T") || reader.skips("t") || reader.skips(" ") else { throw reader.expected("'T'") }
    for field in time { try reader.read(field) }
    if reader.skips(":") { try reader.read(.number(.second, width: 2)) }
    if reader.skips(".") || reader.skips(",") { try reader.readFraction() }
    _ = reader.skips(" ")
    if !reader.isAtEnd { try reader.readShortOffset() }
    let instant = try reader.instant(in: zone)
    guard Instant.rfc3339Range.contains(instant.microseconds) else { throw reader.expected("year from 0 to 9999") }
    return instant
  }

  private static let date: [TimeField] = [
    .number(.year, width: 4), .literal(UInt8(ascii: "-")), .number(.month, width: 2), .literal(UInt8(ascii: "-")),
    .number(.day, width: 2),
  ]
  private static let time: [TimeField] = [
    .number(.hour, width: 2), .literal(UInt8(ascii: ":")), .number(.minute, width: 2),
  ]
}
