/// Reads what ``ByteWriter`` wrote. Every read is bounds-checked and throws on a short or malformed row.
///
/// It borrows the bytes: use it only where they live.
public struct ByteReader {
  @usableFromInline let bytes: UnsafeRawBufferPointer
  @usableFromInline var offset = 0
  /// The version of the form that the bytes are in, for rows that have had several.
  public let form: UInt32
  /// Whether it is asked for what rows say of where things come from.
  public let wantsProvenance: Bool

  @inlinable public init(_ bytes: UnsafeRawBufferPointer, form: UInt32 = .max, provenance: Bool = true) {
    self.bytes = bytes
    self.form = form
    wantsProvenance = provenance
  }

  @inlinable public var isAtEnd: Bool { offset == bytes.count }

  /// How many bytes were not read yet.
  @inlinable public var remaining: Int { bytes.count - offset }

  @inlinable public mutating func byte() throws(CodingError) -> UInt8 {
    guard offset < bytes.count else { throw .endsEarly(at: offset) }
    defer { offset += 1 }
    return bytes[offset]
  }

  /// A variable-length integer. One that does not fit 64 bits is refused.
  @inlinable public mutating func unsigned() throws(CodingError) -> UInt64 {
    let first = try byte()
    if first < 0x80 { return UInt64(first) }
    if bytes.count - offset >= 7, let value = eightBytes() { return value }
    var value = UInt64(first & 0x7F)
    for shift in stride(from: UInt64(7), to: 70, by: 7) {
      let next = try byte()
      guard shift < 63 || next <= 1 else { break }
      value |= UInt64(next & 0x7F) << shift
      if next < 0x80 { return value }
    }
    throw .malformed("a variable-length integer runs past 64 bits", before: offset)
  }

  /// The number that begins a byte before, if it ends within eight bytes, all of which are there.
  @inlinable mutating func eightBytes() -> UInt64? {
    let groups = UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset - 1, as: UInt64.self))
    let ends = ~groups & 0x8080_8080_8080_8080
    guard ends != 0 else { return nil }
    let count = ends.trailingZeroBitCount / 8 + 1
    offset += count - 1
    return VariableLength.joined(count == 8 ? groups : groups & ((UInt64(1) << UInt64(8 * count)) - 1))
  }

  @inlinable public mutating func count() throws(CodingError) -> Int {
    guard let value = Int(exactly: try unsigned()) else { throw .malformed("a count is out of range", before: offset) }
    return value
  }

  @inlinable public mutating func signed() throws(CodingError) -> Int64 {
    let value = try unsigned()
    return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
  }

  @inlinable public mutating func fixed<Value: FixedWidthInteger>(
    _: Value.Type = Value.self
  ) throws(CodingError) -> Value {
    Value(littleEndian: try load())
  }

  @inlinable public mutating func bigEndian<Value: FixedWidthInteger>(
    _: Value.Type = Value.self
  ) throws(CodingError) -> Value {
    Value(bigEndian: try load())
  }

  @inlinable mutating func load<Value: FixedWidthInteger>() throws(CodingError) -> Value {
    let size = MemoryLayout<Value>.size
    guard remaining >= size else { throw .endsEarly(at: offset) }
    defer { offset += size }
    return bytes.loadUnaligned(fromByteOffset: offset, as: Value.self)
  }

  /// The next `count` bytes, borrowed.
  @inlinable public mutating func raw(_ count: Int) throws(CodingError) -> UnsafeRawBufferPointer {
    guard count >= 0, remaining >= count else { throw .endsEarly(at: offset) }
    defer { offset += count }
    return UnsafeRawBufferPointer(rebasing: bytes[offset..<(offset + count)])
  }

  /// Bytes with their count before them, borrowed.
  @inlinable public mutating func blob() throws(CodingError) -> UnsafeRawBufferPointer { try raw(count()) }

  /// Text of valid UTF-8; any other is refused, as it cannot have been written.
  @inlinable public mutating func text() throws(CodingError) -> String {
    try text(blob())
  }

  /// The text that borrowed bytes are, if they are valid UTF-8.
  @inlinable public func text(_ bytes: UnsafeRawBufferPointer) throws(CodingError) -> String {
    // The validating initialiser looks up generic metadata at each call, which takes longer than reading a short text.
    if bytes.isASCII { return String(decoding: bytes, as: UTF8.self) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .malformed("a text is not UTF-8", before: offset)
    }
    return text
  }

  @inlinable public mutating func flag() throws(CodingError) -> Bool {
    let value = try byte()
    guard value <= 1 else { throw .malformed("a flag is neither 0 nor 1", before: offset) }
    return value == 1
  }

  @inlinable public mutating func optional<Value>(
    _ read: (inout ByteReader) throws(CodingError) -> Value
  ) throws(CodingError) -> Value? {
    try flag() ? try read(&self) : nil
  }

  /// A list with its count before it. An item takes a byte at least, so a count above what is left is refused at once.
  @inlinable public mutating func list<Value>(
    _ read: (inout ByteReader) throws(CodingError) -> Value
  ) throws(CodingError) -> [Value] {
    let count = try count()
    guard count <= remaining else { throw CodingError("a list claims \(count) items in \(remaining) bytes") }
    var items: [Value] = []
    items.reserveCapacity(count)
    for _ in 0..<count { items.append(try read(&self)) }
    return items
  }
}

extension UnsafeRawBufferPointer {
  /// Whether no byte has its top bit set. O(bytes), eight at a time.
  @inlinable var isASCII: Bool {
    var offset = 0
    var bits: UInt64 = 0
    while offset + 8 <= count {
      bits |= loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      offset += 8
    }
    while offset < count {
      bits |= UInt64(self[offset])
      offset += 1
    }
    return bits & 0x8080_8080_8080_8080 == 0
  }
}
