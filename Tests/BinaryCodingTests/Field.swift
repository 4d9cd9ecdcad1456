import BinaryCoding

/// One field of a row: a value and the form in which it is written.
enum Field: Equatable {
  case byte(UInt8)
  case unsigned(UInt64)
  case count(Int)
  case signed(Int64)
  case flag(Bool)
  case fixed8(UInt8)
  case fixed16(UInt16)
  case fixed32(Int32)
  case fixed64(UInt64)
  case bigEndian32(UInt32)
  case bigEndian64(Int64)
  case raw([UInt8])
  case blob([UInt8])
  case text(String)
  case optional(String?)
  case list([UInt64])
  case id(String)
  case sized([UInt8])

  static func random(_ generator: inout SeededGenerator) -> Field {
    let word = generator.word()
    switch Int.random(in: 0..<18, using: &generator) {
    case 0: return .byte(UInt8(truncatingIfNeeded: word))
    case 1: return .unsigned(word)
    case 2: return .count(Int(word >> 1))
    case 3: return .signed(Bool.random(using: &generator) ? Int64(bitPattern: word) : -Int64(word >> 1))
    case 4: return .flag(word % 2 == 0)
    case 5: return .fixed8(UInt8(truncatingIfNeeded: word))
    case 6: return .fixed16(UInt16(truncatingIfNeeded: word))
    case 7: return .fixed32(Int32(truncatingIfNeeded: word))
    case 8: return .fixed64(word)
    case 9: return .bigEndian32(UInt32(truncatingIfNeeded: word))
    case 10: return .bigEndian64(Int64(bitPattern: word))
    case 11: return .raw(generator.bytes(0...9))
    case 12: return .blob(generator.bytes(0...300))
    case 13: return .text(text(&generator))
    case 14: return .optional(word % 2 == 0 ? nil : text(&generator))
    case 15: return .id(id(&generator))
    case 16: return .sized(generator.bytes(0...300))
    default: return .list((0..<Int(word % 9)).map { _ in generator.word() })
    }
  }

  private static func text(_ generator: inout SeededGenerator) -> String {
    let scalars: [Character] = ["a", "z", "0", "\0", "é", "Ồ", "東", "🧋", "\u{301}"]
    let count = Int.random(in: 0...20, using: &generator)
    return String((0..<count).compactMap { _ in scalars.randomElement(using: &generator) })
  }

  /// A UUID, something like one, or another text.
  private static func id(_ generator: inout SeededGenerator) -> String {
    let uuid = UUIDText.text(UInt128(generator.word()) << 64 | UInt128(generator.word()))
    switch generator.word() % 4 {
    case 0: return text(&generator)
    case 1: return generator.word() % 2 == 0 ? uuid.uppercased() : String(uuid.dropLast())
    default: return uuid
    }
  }

  func write(to writer: inout ByteWriter) {
    switch self {
    case .byte(let value): writer.byte(value)
    case .unsigned(let value): writer.unsigned(value)
    case .count(let value): writer.count(value)
    case .signed(let value): writer.signed(value)
    case .flag(let value): writer.flag(value)
    case .fixed8(let value): writer.fixed(value)
    case .fixed16(let value): writer.fixed(value)
    case .fixed32(let value): writer.fixed(value)
    case .fixed64(let value): writer.fixed(value)
    case .bigEndian32(let value): writer.bigEndian(value)
    case .bigEndian64(let value): writer.bigEndian(value)
    case .raw(let value): writer.raw(value)
    case .blob(let value): writer.blob(value)
    case .text(let value): writer.text(value)
    case .optional(let value): writer.optional(value) { $0.text($1) }
    case .list(let values):
      writer.count(values.count)
      for value in values { writer.unsigned(value) }
    case .id(let value): writer.id(value)
    case .sized(let value): writer.sized { $0.raw(value) }
    }
  }

  /// Reads a field of the same form.
  func read(from reader: inout ByteReader) throws(CodingError) -> Field {
    switch self {
    case .byte: .byte(try reader.byte())
    case .unsigned: .unsigned(try reader.unsigned())
    case .count: .count(try reader.count())
    case .signed: .signed(try reader.signed())
    case .flag: .flag(try reader.flag())
    case .fixed8: .fixed8(try reader.fixed())
    case .fixed16: .fixed16(try reader.fixed())
    case .fixed32: .fixed32(try reader.fixed())
    case .fixed64: .fixed64(try reader.fixed())
    case .bigEndian32: .bigEndian32(try reader.bigEndian())
    case .bigEndian64: .bigEndian64(try reader.bigEndian())
    case .raw(let value): .raw(Array(try reader.raw(value.count)))
    case .blob: .blob(Array(try reader.blob()))
    case .text: .text(try reader.text())
    case .optional: .optional(try reader.optional { (reader) throws(CodingError) in try reader.text() })
    case .list: .list(try reader.list { (reader) throws(CodingError) in try reader.unsigned() })
    case .id: .id(try reader.id())
    case .sized: .sized(Array(try reader.raw(Int(try reader.fixed(UInt32.self)))))
    }
  }

}

/// The bytes of a row.
func row(_ fields: [Field]) -> [UInt8] {
  var writer = ByteWriter()
  for field in fields { field.write(to: &writer) }
  return writer.bytes
}

/// Runs `body` with a reader of the bytes.
func read<Result>(_ bytes: some Collection<UInt8>, _ body: (inout ByteReader) throws -> Result) throws -> Result {
  try Array(bytes).withUnsafeBytes {
    var reader = ByteReader($0)
    return try body(&reader)
  }
}
