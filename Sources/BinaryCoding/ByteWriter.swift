/// Appends the binary forms that stored rows are made of. O(1) amortised a byte.
///
/// Integers are LEB128 variable-length (signed ones zigzag first, as in Protocol Buffers' encoding page) or fixed
/// little-endian; keys are big-endian, so that byte order is value order. Text is UTF-8 with its length before it.
///
/// Writer and reader are `public` and inlinable, unlike most of this program: rows are coded field by field, and the
/// compiler (Swift 6.3) neither inlines nor specialises across modules what is `package`. They are three times as fast.
public struct ByteWriter {
  @usableFromInline var buffer: [UInt8]

  /// An empty writer with room for `capacity` bytes.
  @inlinable public init(capacity: Int = 0) {
    buffer = []
    buffer.reserveCapacity(capacity)
  }

  /// What was written so far.
  @inlinable public var bytes: [UInt8] { buffer }

  /// Lends what was written so far.
  @inlinable public func withBytes<Result>(_ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
    try buffer.withUnsafeBytes(body)
  }

  /// How many bytes were written so far.
  @inlinable public var byteCount: Int { buffer.count }

  /// Empties the buffer and keeps its storage.
  @inlinable public mutating func removeAll() { buffer.removeAll(keepingCapacity: true) }

  /// One byte as it is.
  @inlinable public mutating func byte(_ value: UInt8) { buffer.append(value) }

  /// A variable-length integer: seven bits a byte, the lowest first, the top bit set on all but the last.
  @inlinable public mutating func unsigned(_ value: some UnsignedInteger & FixedWidthInteger) {
    var rest = UInt64(value)
    if rest < 0x80 { return buffer.append(UInt8(truncatingIfNeeded: rest)) }
    // Times are the most frequent: eight bytes, made and added at once.
    if rest < 1 << 56 {
      let count = (70 - rest.leadingZeroBitCount) / 7
      let more = 0x8080_8080_8080_8080 & ((UInt64(1) << UInt64(8 * (count - 1))) - 1)
      let groups = VariableLength.spread(rest) | more
      return withUnsafeBytes(of: groups.littleEndian) {
        buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: $0[..<count]))
      }
    }
    while rest >= 0x80 {
      buffer.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    buffer.append(UInt8(truncatingIfNeeded: rest))
  }

  /// A count or length; it is a programming error if it is negative.
  @inlinable public mutating func count(_ value: Int) { unsigned(UInt64(value)) }

  /// A variable-length integer with its sign in the lowest bit, so that small negative numbers are short.
  @inlinable public mutating func signed(_ value: Int64) {
    unsigned(UInt64(bitPattern: value << 1 ^ value >> 63))
  }

  /// An integer of its full width, the lowest byte first.
  @inlinable public mutating func fixed(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.littleEndian) { buffer.append(contentsOf: $0) }
  }

  /// An integer of its full width, the highest byte first.
  @inlinable public mutating func bigEndian(_ value: some FixedWidthInteger) {
    withUnsafeBytes(of: value.bigEndian) { buffer.append(contentsOf: $0) }
  }

  /// Bytes as they are; the reader must know how many.
  @inlinable public mutating func raw(_ content: some Collection<UInt8>) { buffer.append(contentsOf: content) }

  /// Bytes with their count before them.
  @inlinable public mutating func blob(_ content: some Collection<UInt8>) {
    count(content.count)
    buffer.append(contentsOf: content)
  }

  /// What `write` writes, with its length as four bytes before it. Nothing is copied for that.
  @inlinable public mutating func sized(_ write: (inout ByteWriter) -> Void) {
    let start = buffer.count
    fixed(UInt32(0))
    write(&self)
    let count = UInt32(buffer.count - start - 4).littleEndian
    buffer.withUnsafeMutableBytes { $0.storeBytes(of: count, toByteOffset: start, as: UInt32.self) }
  }

  /// UTF-8 with its length in bytes before it.
  @inlinable public mutating func text(_ value: String) {
    var value = value
    value.withUTF8 { blob($0) }
  }

  /// One byte, 0 or 1.
  @inlinable public mutating func flag(_ value: Bool) { buffer.append(value ? 1 : 0) }

  /// A flag, then the value if there is one.
  @inlinable public mutating func optional<Value>(_ value: Value?, _ write: (inout ByteWriter, Value) -> Void) {
    flag(value != nil)
    if let value { write(&self, value) }
  }
}

/// Groups of seven bits, of which eight are reckoned at once.
@usableFromInline enum VariableLength {
  /// The lowest 56 bits, seven in each byte, the lowest first.
  @inlinable static func spread(_ value: UInt64) -> UInt64 {
    var groups = value & 0x0FFF_FFFF | (value & 0x00FF_FFFF_F000_0000) << 4
    groups = groups & 0x0000_3FFF_0000_3FFF | (groups & 0x0FFF_C000_0FFF_C000) << 2
    return groups & 0x007F_007F_007F_007F | (groups & 0x3F80_3F80_3F80_3F80) << 1
  }

  /// The inverse, of bytes whose top bits are ignored.
  @inlinable static func joined(_ groups: UInt64) -> UInt64 {
    var value = groups & 0x007F_007F_007F_007F | (groups & 0x7F00_7F00_7F00_7F00) >> 1
    value = value & 0x0000_3FFF_0000_3FFF | (value & 0x3FFF_0000_3FFF_0000) >> 2
    return value & 0x0FFF_FFFF | (value & 0x0FFF_FFFF_0000_0000) >> 4
  }
}
