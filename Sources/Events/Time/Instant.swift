/// A point in time, to the microsecond, in UTC as POSIX counts it: every day has 86,400 seconds.
package struct Instant: Hashable, Comparable, Sendable {
  /// Microseconds since 1970-01-01T00:00:00Z.
  package var microseconds: Int64

  package init(microseconds: Int64) {
    self.microseconds = microseconds
  }

  package static func < (left: Instant, right: Instant) -> Bool { left.microseconds < right.microseconds }
}

extension Instant: CustomStringConvertible {
  /// Reads a timestamp of RFC 3339, section 5.6, with an offset.
  ///
  /// 't' or a space may stand for 'T' and 'z' for 'Z'; of a fraction the digits after the sixth are cut off. Second 60
  /// is taken only as the leap second 23:59:60 UTC and read as the second after it. No allocation on success.
  package init(rfc3339 bytes: UnsafeBufferPointer<UInt8>) throws(InstantError) {
    var reader = RFC3339Reader(bytes)
    self = try reader.instant()
  }

  /// Reads a timestamp of RFC 3339, section 5.6, with an offset.
  package init(rfc3339 text: String) throws(InstantError) {
    self = try Array(text.utf8).withUnsafeBufferPointer { (bytes) throws(InstantError) in
      try Instant(rfc3339: bytes)
    }
  }

  /// What RFC 3339 can say: the years 0 to 9999, in microseconds since 1970.
  package static let rfc3339Range: Range<Int64> = -62_167_219_200_000_000..<253_402_300_800_000_000

  /// RFC 3339 in UTC: "2026-02-28T07:05:09Z", with 3 or 6 decimals where there is a fraction.
  ///
  /// Years beyond 0...9999 are written in full, which RFC 3339 does not read.
  package var rfc3339: String { CivilDateTime(microsecondsSinceEpoch: microseconds).iso(suffix: "Z") }

  package var description: String { rfc3339 }
}
