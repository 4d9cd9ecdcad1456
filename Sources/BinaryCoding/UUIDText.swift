/// UUIDs in the text form of RFC 9562, in lower case: 36 characters that stand for 16 bytes. Most ids that senders make are
/// such. Texts that differ from it in anything are no UUIDs here, so that the text can be had again byte by byte.
public enum UUIDText {
  /// How long the text is.
  public static let byteCount = 36

  /// The number that the text at an address stands for, which must have 36 readable bytes; nil where it is no UUID. O(1).
  @inlinable public static func value(_ text: UnsafeRawPointer) -> UInt128? {
    func word(_ offset: Int) -> UInt64 {
      UInt64(bigEndian: text.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }
    func half(_ offset: Int) -> UInt64 {
      UInt64(UInt32(bigEndian: text.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
    }
    let hyphen = UInt8(ascii: "-")
    guard text.load(fromByteOffset: 8, as: UInt8.self) == hyphen,
      text.load(fromByteOffset: 13, as: UInt8.self) == hyphen,
      text.load(fromByteOffset: 18, as: UInt8.self) == hyphen, text.load(fromByteOffset: 23, as: UInt8.self) == hyphen
    else { return nil }
    let digits = (word(0), half(9) << 32 | half(14), half(19) << 32 | half(24), word(28))
    let parts = (number(digits.0), number(digits.1), number(digits.2), number(digits.3))
    guard Self.digits(parts.0) == digits.0, Self.digits(parts.1) == digits.1, Self.digits(parts.2) == digits.2,
      Self.digits(parts.3) == digits.3
    else { return nil }
    let (high, low) = (UInt64(parts.0) << 32 | UInt64(parts.1), UInt64(parts.2) << 32 | UInt64(parts.3))
    return UInt128(high) << 64 | UInt128(low)
  }

  /// Writes the text of a UUID to an address with room for 36 bytes. O(1).
  @inlinable public static func write(_ value: UInt128, to text: UnsafeMutableRawPointer) {
    func part(_ number: Int) -> UInt64 { digits(UInt32(truncatingIfNeeded: value >> UInt128(96 - 32 * number))) }
    func store(_ digits: some FixedWidthInteger, at place: Int) {
      text.storeBytes(of: digits.bigEndian, toByteOffset: place, as: type(of: digits))
    }
    let (second, third) = (part(1), part(2))
    store(part(0), at: 0)
    store(UInt32(truncatingIfNeeded: second >> 32), at: 9)
    store(UInt32(truncatingIfNeeded: second), at: 14)
    store(UInt32(truncatingIfNeeded: third >> 32), at: 19)
    store(UInt32(truncatingIfNeeded: third), at: 24)
    store(part(3), at: 28)
    for place in [8, 13, 18, 23] { text.storeBytes(of: UInt8(ascii: "-"), toByteOffset: place, as: UInt8.self) }
  }

  /// The number that eight digits stand for, the first in the highest byte; of other bytes, anything.
  @inlinable static func number(_ digits: UInt64) -> UInt32 {
    var value = (digits & 0x0F0F_0F0F_0F0F_0F0F) &+ (digits >> 6 & 0x0101_0101_0101_0101) &* 9
    value = (value | value >> 4) & 0x00FF_00FF_00FF_00FF
    value = (value | value >> 8) & 0x0000_FFFF_0000_FFFF
    return UInt32(truncatingIfNeeded: value | value >> 16)
  }

  /// The eight digits of a number, the first in the highest byte. All are reckoned at once, each in a byte of its own.
  @inlinable static func digits(_ number: UInt32) -> UInt64 {
    var value = UInt64(number)
    value = (value & 0xFFFF_0000) << 16 | value & 0xFFFF
    value = (value & 0x0000_FF00_0000_FF00) << 8 | value & 0x0000_00FF_0000_00FF
    value = (value & 0x00F0_00F0_00F0_00F0) << 4 | value & 0x000F_000F_000F_000F
    // One for each that is a letter, which carries into the upper half when six is added.
    let letters = (value + 0x0606_0606_0606_0606) >> 4 & 0x0101_0101_0101_0101
    return value + 0x3030_3030_3030_3030 + letters * UInt64(UInt8(ascii: "a") - UInt8(ascii: "0") - 10)
  }
}

extension UUIDText {
  /// The UUID that a text is; nil where it is none. O(1).
  @inlinable public static func value(_ text: UnsafeBufferPointer<UInt8>) -> UInt128? {
    guard text.count == byteCount, let base = text.baseAddress else { return nil }
    return value(UnsafeRawPointer(base))
  }

  /// The text of a UUID, as a string of its own.
  @inlinable public static func text(_ value: UInt128) -> String {
    String(unsafeUninitializedCapacity: byteCount) { buffer in
      if let base = buffer.baseAddress { write(value, to: base) }
      return byteCount
    }
  }
}

/// Ids: texts that are UUIDs more often than not, which take half the bytes then.
extension ByteWriter {
  /// A UUID as the number 1 and its 16 bytes, the highest first; any other text as twice its length and its bytes.
  @inlinable public mutating func id(_ text: String) {
    var text = text
    text.withUTF8 { id($0) }
  }

  @inlinable public mutating func id(_ text: UnsafeBufferPointer<UInt8>) {
    if let uuid = UUIDText.value(text) { return id(uuid) }
    unsigned(UInt64(text.count) << 1)
    raw(text)
  }

  @inlinable public mutating func id(_ uuid: UInt128) {
    byte(1)
    bigEndian(uuid)
  }
}

extension ByteReader {
  /// What ``ByteWriter/id(_:)`` wrote: a UUID or the bytes of another text, borrowed.
  @inlinable public mutating func rawID() throws(CodingError) -> (uuid: UInt128?, text: UnsafeRawBufferPointer) {
    let head = try unsigned()
    if head == 1 { return (try bigEndian(), UnsafeRawBufferPointer(start: nil, count: 0)) }
    guard head & 1 == 0, let count = Int(exactly: head >> 1) else {
      throw .malformed("an id is neither a UUID nor a text", before: offset)
    }
    return (nil, try raw(count))
  }

  /// The same as a text.
  @inlinable public mutating func id() throws(CodingError) -> String {
    let (uuid, bytes) = try rawID()
    if let uuid { return UUIDText.text(uuid) }
    return try text(bytes)
  }
}
