import Events

/// The formats of RFC 3339, section 5.6.
enum TimeFormat {
  static func isDateTime(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    do {
      _ = try Instant(rfc3339: bytes)
      return true
    } catch {
      return false
    }
  }

  /// "2026-02-28".
  static func isDate(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10])
    else { return false }
    return CivilDate(year: year, month: month, day: day) != nil
  }

  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    var number = 0
    for byte in digits {
      guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
      number = number * 10 + Int(byte - UInt8(ascii: "0"))
    }
    return number
  }

  /// "14:05:00+07:00": what a timestamp has behind its "T". Allocates.
  static func isTime(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    // Any day serves, for an offset may be of less than a day only.
    (Array("1998-12-31T".utf8) + bytes).withUnsafeBufferPointer(isDateTime)
  }
}
