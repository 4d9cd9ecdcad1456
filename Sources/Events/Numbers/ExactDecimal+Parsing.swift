extension ExactDecimal {
  /// Reads a JSON number (RFC 8259, section 6), exponent included.
  ///
  /// Nil when the bytes are anything else, spaces and a leading '+' included, or when the value does not fit exactly.
  /// O(n), no allocation.
  package init?(utf8 bytes: UnsafeBufferPointer<UInt8>) {
    guard let shape = JSONNumberShape(bytes),
      let value = DecimalDigits(shape, in: bytes).value(isNegative: shape.isNegative)
    else { return nil }
    self = value
  }

  /// Reads a JSON number; nil when the text is anything else or does not fit exactly.
  package init?(_ text: String) {
    var text = text
    let parsed = text.withUTF8 { ExactDecimal(utf8: $0) }
    guard let parsed else { return nil }
    self = parsed
  }
}

/// The digits of a number without the trailing zeros that its exponent can stand for.
private struct DecimalDigits {
  private let bytes: UnsafeBufferPointer<UInt8>
  private var integer: Range<Int>
  private var fraction: Range<Int>
  private var exponent: Int

  init(_ shape: JSONNumberShape, in bytes: UnsafeBufferPointer<UInt8>) {
    self.bytes = bytes
    fraction = Self.withoutTrailingZeros(shape.fraction, in: bytes)
    integer = shape.integer
    exponent = shape.exponent - fraction.count
    if fraction.isEmpty && exponent < 0 {
      integer = Self.withoutTrailingZeros(integer, in: bytes)
      exponent += shape.integer.count - integer.count
    }
  }

  private static func withoutTrailingZeros(
    _ digits: Range<Int>, in bytes: UnsafeBufferPointer<UInt8>
  ) -> Range<Int> {
    var end = digits.upperBound
    while end > digits.lowerBound, bytes[end - 1] == UInt8(ascii: "0") { end -= 1 }
    return digits.lowerBound..<end
  }

  func value(isNegative: Bool) -> ExactDecimal? {
    guard let magnitude = magnitude() else { return nil }
    if magnitude == 0 { return .zero }
    guard exponent >= -ExactDecimal.greatestScale,
      let digits = magnitude.scaled(byPowerOfTen: max(0, exponent))
    else { return nil }
    return ExactDecimal(significand: isNegative ? -digits : digits, scale: max(0, -exponent))
  }

  private func magnitude() -> Int128? {
    // 18 digits always fit 64 bits, where no step needs a check.
    integer.count + fraction.count <= 18 ? Int128(shortMagnitude()) : longMagnitude()
  }

  private func shortMagnitude() -> Int64 {
    var magnitude: Int64 = 0
    for position in integer { magnitude = magnitude &* 10 &+ Int64(bytes[position] &- UInt8(ascii: "0")) }
    for position in fraction { magnitude = magnitude &* 10 &+ Int64(bytes[position] &- UInt8(ascii: "0")) }
    return magnitude
  }

  private func longMagnitude() -> Int128? {
    guard let leading = appending(integer, to: 0) else { return nil }
    return appending(fraction, to: leading)
  }

  private func appending(_ range: Range<Int>, to start: Int128) -> Int128? {
    var magnitude = start
    for position in range {
      let (shifted, overflow) = magnitude.multipliedReportingOverflow(by: 10)
      let (sum, carry) = shifted.addingReportingOverflow(Int128(bytes[position] - UInt8(ascii: "0")))
      if overflow || carry { return nil }
      magnitude = sum
    }
    return magnitude
  }
}
