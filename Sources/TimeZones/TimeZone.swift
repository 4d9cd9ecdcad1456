/// The offsets from UTC that the clocks of one place have had and will have.
package struct TimeZone: Sendable {
  package let identifier: String
  private let periods: OffsetPeriods

  package static let utc = TimeZone(identifier: "UTC", fixedOffset: 0)

  /// A zone of the system's database (`$TZDIR`, else /usr/share/zoneinfo), a fixed offset ("+07:00"), or "UTC".
  ///
  /// Reads one file; keep the value. Names with ".." or a leading "/" are refused.
  package init(identifier: String) throws(TimeZoneError) {
    try self.init(identifier: identifier, directory: ZoneFile.systemDirectory)
  }

  /// A zone of the database in a directory, a fixed offset, or "UTC".
  package init(identifier: String, directory: String) throws(TimeZoneError) {
    if identifier == "UTC" {
      self = .utc
    } else if let offset = FixedOffset.seconds(identifier) {
      self.init(identifier: identifier, fixedOffset: offset)
    } else {
      let file = try ZoneFile.contents(identifier: identifier, directory: directory)
      try self.init(identifier: identifier, tzif: file)
    }
  }

  /// A zone from the bytes of a TZif file (RFC 9636) of version 2 or later.
  package init(identifier: String, tzif bytes: [UInt8]) throws(TimeZoneError) {
    self.identifier = identifier
    periods = try TZifReader(bytes, identifier: identifier).periods()
  }

  private init(identifier: String, fixedOffset: Int) {
    self.identifier = identifier
    periods = OffsetPeriods(transitions: [], offsets: [fixedOffset], rule: nil)
  }

  /// The period of constant offset around a second since 1970. O(log transitions), no allocation.
  func period(at second: Int64) -> OffsetPeriod { periods.period(at: second) }
}

extension TimeZone: Hashable {
  /// Equal when name and all offsets are.
  package static func == (left: TimeZone, right: TimeZone) -> Bool {
    left.identifier == right.identifier && (left.periods === right.periods || left.periods.isEqual(right.periods))
  }

  package func hash(into hasher: inout Hasher) { hasher.combine(identifier) }
}

extension TimeZone: CustomStringConvertible {
  package var description: String { identifier }
}
