/// A zone written as a constant offset.
enum FixedOffset {
  /// Seconds ahead of UTC of exactly the form "+07:00", up to 23:59; nil for any other text.
  static func seconds(_ text: String) -> Int? {
    let bytes = Array(text.utf8)
    guard bytes.count == 6, bytes[3] == UInt8(ascii: ":"), let hours = number(bytes[1], bytes[2]),
      let minutes = number(bytes[4], bytes[5]), hours < 24, minutes < 60
    else { return nil }
    switch bytes[0] {
    case UInt8(ascii: "+"): return hours * 3600 + minutes * 60
    case UInt8(ascii: "-"): return -(hours * 3600 + minutes * 60)
    default: return nil
    }
  }

  private static func number(_ tens: UInt8, _ units: UInt8) -> Int? {
    let digits = (tens &- UInt8(ascii: "0"), units &- UInt8(ascii: "0"))
    return digits.0 <= 9 && digits.1 <= 9 ? Int(digits.0) * 10 + Int(digits.1) : nil
  }
}
