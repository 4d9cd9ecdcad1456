extension EventWriter {
  /// A number from 0 on in decimal.
  mutating func decimal(_ value: Int) {
    padded(value, width: 1)
  }

  /// A number from 0 on in decimal, with leading zeros up to `width` digits.
  mutating func padded(_ value: Int, width: Int) {
    var power = 1
    var digits = 1
    while digits < width || power <= value / 10 {
      power *= 10
      digits += 1
    }
    while power > 0 {
      bytes.append(UInt8(truncatingIfNeeded: 48 + value / power % 10))
      power /= 10
    }
  }

  /// A UUID of the given version and the variant of RFC 9562; the four version and two variant bits are overwritten.
  mutating func uuid(high: UInt64, low: UInt64, version: UInt64) {
    let high = (high & ~0xF000) | version << 12
    let low = (low & (1 << 62 - 1)) | 1 << 63
    hexadecimal(high >> 32, digits: 8)
    raw("-")
    hexadecimal(high >> 16, digits: 4)
    raw("-")
    hexadecimal(high, digits: 4)
    raw("-")
    hexadecimal(low >> 48, digits: 4)
    raw("-")
    hexadecimal(low, digits: 12)
  }

  /// The lowest `digits` hexadecimal digits.
  mutating func hexadecimal(_ value: UInt64, digits: Int) {
    for position in stride(from: (digits - 1) * 4, through: 0, by: -4) {
      let digit = UInt8(truncatingIfNeeded: (value >> UInt64(position)) & 15)
      bytes.append(digit < 10 ? 48 + digit : 87 + digit)
    }
  }

  /// RFC 3339, either `2026-03-01T08:15:00+07:00` or `2026-03-01T01:15:00.250Z`.
  mutating func timestamp(_ time: Milliseconds, _ clock: Origin.Clock) {
    let shown = clock == .localSeconds ? time + .zoneOffset : time
    date(CivilDate(daysSinceEpoch: Int(shown / .day)))
    let ofDay = Int(shown % .day)
    raw("T")
    padded(ofDay / 3_600_000, width: 2)
    raw(":")
    padded(ofDay / 60_000 % 60, width: 2)
    raw(":")
    padded(ofDay / 1000 % 60, width: 2)
    guard clock == .utcMilliseconds else { return raw("+07:00") }
    raw(".")
    padded(ofDay % 1000, width: 3)
    raw("Z")
  }

  /// `2026-03-01`
  mutating func date(_ date: CivilDate) {
    padded(date.year, width: 4)
    raw("-")
    padded(date.month, width: 2)
    raw("-")
    padded(date.day, width: 2)
  }

  /// The local day, `260301`.
  mutating func compactDate(_ time: Milliseconds) {
    let date = CivilDate(daysSinceEpoch: Int((time + .zoneOffset) / .day))
    padded(date.year % 100, width: 2)
    padded(date.month, width: 2)
    padded(date.day, width: 2)
  }
}
