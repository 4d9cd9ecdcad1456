package import Events

/// A written form of points in time, such as "dd/MM/yyyy HH:mm", for the files of other systems.
///
/// Fields: yyyy, yy (00...68 are 20xx, else 19xx), M, MM, MMM (English: Jan), d, dd, H, HH (0...23), h, hh (1...12, with a),
/// m, mm, s, ss, S to SSSSSSSSS (fraction), a (AM or PM), Z (+0700), XXX (+07:00 or Z). A field of one letter takes one or two
/// digits, others exactly their number. Letters in single quotes and all other characters stand for themselves; two quotes
/// are one. Compiled once; safe to share.
package struct TimeFormat: Sendable {
  package let pattern: String
  private let fields: [TimeField]

  /// Throws where the pattern is malformed, says a part twice, or has h without a.
  package init(pattern: String) throws(TimeFormatError) {
    self.pattern = pattern
    fields = try TimePattern(pattern).fields()
  }

  /// Reads a text that must match as a whole.
  ///
  /// Parts that the pattern lacks are zero, but year, month and day it must have. An offset in the text counts; without
  /// one the time is that of the clocks in `zone`, resolved as `TimeZone.instant(of:)` does.
  package func parse(_ text: String, in zone: TimeZone) throws(TimeFormatError) -> Instant {
    guard Set(fields.compactMap(\.uniquePart)).isSuperset(of: ["year", "month", "day"]) else {
      throw .noDate(pattern: pattern)
    }
    var reader = TimeTextReader(text)
    for field in fields { try reader.read(field) }
    return try reader.instant(in: zone)
  }

  /// Writes an instant as the clocks in `zone` show it; digits that the pattern has no room for are cut off.
  package func format(_ instant: Instant, in zone: TimeZone) -> String {
    let writer = TimeTextWriter(civil: zone.civil(instant), offset: zone.offsetSeconds(at: instant))
    var text: [UInt8] = []
    for field in fields { writer.append(field, to: &text) }
    return String(decoding: text, as: UTF8.self)
  }
}
