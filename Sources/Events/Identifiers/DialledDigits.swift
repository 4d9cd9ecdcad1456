/// Up to 32 decimal digits, leading zeros included, four bits each: prefixes are compared and cut off by shifting, and a
/// phone number needs no memory of its own.
struct DialledDigits: Hashable, Sendable {
  static let greatestCount = 32

  /// The last digit in the lowest four bits.
  private(set) var nibbles: UInt128 = 0
  private(set) var count = 0

  init() {}

  /// The digits of a text; other characters are not expected and end it.
  init(_ text: StaticString) {
    text.withUTF8Buffer { bytes in
      for byte in bytes where byte &- UInt8(ascii: "0") <= 9 { append(byte &- UInt8(ascii: "0")) }
    }
  }

  private init(nibbles: UInt128, count: Int) {
    self.nibbles = nibbles
    self.count = count
  }

  /// Appends a digit 0...9. There must be room: `count` below `greatestCount`.
  mutating func append(_ digit: UInt8) {
    precondition(count < Self.greatestCount, "a dialled number has at most 32 digits")
    nibbles = nibbles &<< 4 | UInt128(digit)
    count += 1
  }

  /// The digit at a position from the left.
  subscript(position: Int) -> UInt8 {
    UInt8(truncatingIfNeeded: nibbles &>> UInt128(4 * (count - 1 - position))) & 0xF
  }

  func starts(with prefix: DialledDigits) -> Bool {
    guard prefix.count > 0 else { return true }
    return count >= prefix.count && nibbles &>> UInt128(4 * (count - prefix.count)) == prefix.nibbles
  }

  func dropFirst(_ dropped: Int) -> DialledDigits {
    guard dropped > 0 else { return self }
    let rest = count - dropped
    return DialledDigits(nibbles: nibbles & ((1 &<< UInt128(4 * rest)) &- 1), count: rest)
  }

  /// The number that the first `length` digits write.
  func number(ofFirst length: Int) -> Int {
    (0..<length).reduce(0) { $0 * 10 + Int(self[$1]) }
  }

  /// These digits before others. Together they must not exceed `greatestCount`.
  func followed(by other: DialledDigits) -> DialledDigits {
    precondition(count + other.count <= Self.greatestCount, "a dialled number has at most 32 digits")
    guard count > 0 else { return other }
    return DialledDigits(nibbles: nibbles &<< UInt128(4 * other.count) | other.nibbles, count: count + other.count)
  }

  func append(to out: inout [UInt8]) {
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.greatestCount) { text in
      var rest = nibbles
      for position in stride(from: count - 1, through: 0, by: -1) {
        text.initializeElement(at: position, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest) & 0xF)
        rest = rest &>> 4
      }
      out.append(contentsOf: UnsafeBufferPointer(rebasing: text[..<count]))
    }
  }
}

extension DialledDigits: CustomStringConvertible {
  var description: String { (0..<count).map { String(self[$0]) }.joined() }
}
