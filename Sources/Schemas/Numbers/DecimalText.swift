/// A JSON number of any size, read in place and never rounded: 0.d₁d₂…dₙ × 10^`exponent`, d₁ and dₙ not zero.
///
/// Schemas compare numbers by value and must not refuse one for its size, so this knows no limit of digits. It borrows
/// the bytes, which must be a number by RFC 8259, section 6, as the parser leaves them.
struct DecimalText: BitwiseCopyable {
  private let bytes: UnsafeBufferPointer<UInt8>
  let isNegative: Bool
  /// From the first to the last significant digit; the decimal point may lie between them.
  private let significant: UnsafeBufferPointer<UInt8>
  /// How many significant digits there are; 0 for zero.
  let digitCount: Int
  let exponent: Int

  /// Exponents beyond this are all alike: no text that fits into memory can make up for them.
  private static let exponentMax = 1 << 60

  /// O(bytes), no allocation.
  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    let parts = NumberParts(bytes)
    self.bytes = bytes
    isNegative = bytes.first == UInt8(ascii: "-")
    guard let first = parts.firstSignificant, let last = parts.lastSignificant else {
      (significant, digitCount, exponent) = (UnsafeBufferPointer(start: nil, count: 0), 0, 0)
      return
    }
    significant = UnsafeBufferPointer(rebasing: bytes[first...last])
    digitCount = last - first + (first < parts.point && parts.point < last ? 0 : 1)
    let written = Self.exponent(bytes[parts.mantissaEnd...])
    exponent = written + (first < parts.point ? parts.point - first : parts.point + 1 - first)
  }

  /// The number that stands behind "e"; 0 where there is none.
  private static func exponent(_ suffix: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
    var magnitude = 0
    for byte in suffix where byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") {
      magnitude = min(magnitude * 10 + Int(byte - UInt8(ascii: "0")), exponentMax / 16)
    }
    return suffix.contains(UInt8(ascii: "-")) ? -magnitude : magnitude
  }

  /// As it was written.
  var text: String { String(decoding: bytes, as: UTF8.self) }

  var isZero: Bool { digitCount == 0 }

  /// 1.0 and 1e3 are integers; 1.5 is not.
  var isInteger: Bool { isZero || digitCount <= exponent }

  /// The power of ten of the last significant digit.
  var lastExponent: Int { exponent - digitCount }

  /// Calls `body` with each significant digit, the most significant first, until it returns false.
  func forEachDigit(_ body: (UInt64) -> Bool) {
    for byte in significant where byte != UInt8(ascii: ".") {
      guard body(UInt64(byte - UInt8(ascii: "0"))) else { return }
    }
  }
}

extension DecimalText: Comparable {
  static func == (left: DecimalText, right: DecimalText) -> Bool { left.order(to: right) == 0 }
  static func < (left: DecimalText, right: DecimalText) -> Bool { left.order(to: right) < 0 }

  /// Negative, zero or positive, as this is less than, equal to or greater than the other. O(digits).
  private func order(to other: DecimalText) -> Int {
    if isZero || other.isZero { return sign - other.sign }
    if isNegative != other.isNegative { return sign }
    return magnitudeOrder(to: other) * sign
  }

  private var sign: Int { isZero ? 0 : isNegative ? -1 : 1 }

  private func magnitudeOrder(to other: DecimalText) -> Int {
    if exponent != other.exponent { return exponent < other.exponent ? -1 : 1 }
    var mine = significant.makeIterator()
    var theirs = other.significant.makeIterator()
    while true {
      switch (Self.digit(&mine), Self.digit(&theirs)) {
      case (nil, nil): return 0
      case (nil, _): return -1
      case (_, nil): return 1
      case (let left?, let right?): if left != right { return left < right ? -1 : 1 }
      }
    }
  }

  private static func digit(_ bytes: inout UnsafeBufferPointer<UInt8>.Iterator) -> UInt8? {
    let byte = bytes.next()
    return byte == UInt8(ascii: ".") ? bytes.next() : byte
  }
}

/// Positions in the text of a number.
private struct NumberParts {
  private(set) var mantissaEnd: Int
  /// Where the decimal point is, or would be.
  private(set) var point: Int
  private(set) var firstSignificant: Int?
  private(set) var lastSignificant: Int?

  init(_ bytes: UnsafeBufferPointer<UInt8>) {
    mantissaEnd = bytes.firstIndex { $0 | 0x20 == UInt8(ascii: "e") } ?? bytes.count
    point = mantissaEnd
    for position in 0..<mantissaEnd {
      switch bytes[position] {
      case UInt8(ascii: "."): point = position
      case UInt8(ascii: "1")...UInt8(ascii: "9"):
        firstSignificant = firstSignificant ?? position
        lastSignificant = position
      default: break
      }
    }
  }
}
