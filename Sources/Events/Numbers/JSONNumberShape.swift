/// Where the parts of a JSON number (RFC 8259, section 6) lie in its bytes.
struct JSONNumberShape {
  let isNegative: Bool
  let integer: Range<Int>
  let fraction: Range<Int>
  let exponent: Int

  /// Nil when the bytes are not exactly one JSON number: "+1", "01", ".5", "5.", " 5" and "" are none.
  init?(_ bytes: UnsafeBufferPointer<UInt8>) {
    isNegative = bytes.first == UInt8(ascii: "-")
    let start = isNegative ? 1 : 0
    integer = start..<Self.endOfDigits(bytes, from: start)
    guard !integer.isEmpty, integer.count == 1 || bytes[start] != UInt8(ascii: "0") else { return nil }
    guard let fraction = Self.fraction(bytes, at: integer.upperBound),
      let exponent = Self.exponent(bytes, at: fraction.upperBound)
    else { return nil }
    self.fraction = fraction
    self.exponent = exponent
  }

  private static func endOfDigits(_ bytes: UnsafeBufferPointer<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.count, bytes[end] &- UInt8(ascii: "0") <= 9 { end += 1 }
    return end
  }

  /// The digits after a decimal point; empty where there is no point, nil where a point has no digits.
  private static func fraction(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Range<Int>? {
    guard position < bytes.count, bytes[position] == UInt8(ascii: ".") else { return position..<position }
    let digits = (position + 1)..<endOfDigits(bytes, from: position + 1)
    return digits.isEmpty ? nil : digits
  }

  /// The exponent that ends the number; 0 where nothing follows, nil where something else does.
  private static func exponent(_ bytes: UnsafeBufferPointer<UInt8>, at position: Int) -> Int? {
    guard position < bytes.count else { return 0 }
    guard bytes[position] | 0x20 == UInt8(ascii: "e") else { return nil }
    var start = position + 1
    let sign = start < bytes.count ? bytes[start] : 0
    if sign == UInt8(ascii: "-") || sign == UInt8(ascii: "+") { start += 1 }
    guard start < bytes.count, endOfDigits(bytes, from: start) == bytes.count else { return nil }
    var magnitude = 0
    // Far beyond any exponent that fits, so larger ones need not be told apart.
    for byte in bytes[start...] { magnitude = min(magnitude * 10 + Int(byte - UInt8(ascii: "0")), 1 << 40) }
    return sign == UInt8(ascii: "-") ? -magnitude : magnitude
  }
}
