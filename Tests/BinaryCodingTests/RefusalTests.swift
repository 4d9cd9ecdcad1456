import BinaryCoding
import Testing

@Suite("Binary coding: refusals")
struct RefusalTests {
  @Test("No row that was cut short is read to its last field", arguments: 0..<50 as Range<UInt64>)
  func truncated(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    // The last field has a byte at least, so that each cut loses something.
    let fields = (0..<12).map { _ in Field.random(&generator) } + [.byte(1)]
    let whole = row(fields)
    for length in 0..<whole.count {
      #expect(throws: CodingError.self, "cut to \(length) of \(whole.count) bytes") {
        try read(whole[..<length]) { reader in
          for field in fields { _ = try field.read(from: &reader) }
        }
      }
    }
  }

  @Test("Random bytes are read or refused, and never trap", arguments: 0..<200 as Range<UInt64>)
  func garbage(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let bytes = generator.bytes(0...60)
    try read(bytes) { reader in
      do {
        while !reader.isAtEnd {
          let before = reader.remaining
          let field = Field.random(&generator)
          _ = try field.read(from: &reader)
          #expect(reader.remaining <= before)
        }
      } catch is CodingError {
        #expect(reader.remaining <= bytes.count)
      }
    }
  }

  @Test("A variable-length integer of more than 64 bits is refused")
  func integerOverflow() throws {
    let nine = [UInt8](repeating: 0xFF, count: 9)
    #expect(try read(nine + [0x01]) { try $0.unsigned() } == .max)
    for end: [UInt8] in [[0x02], [0x7F], [0x81, 0x00], [0xFF, 0x01]] {
      #expect(throws: CodingError.self, "ends with \(end)") { try read(nine + end) { try $0.unsigned() } }
    }
  }

  @Test("A count beyond the largest Int is refused")
  func countOverflow() throws {
    #expect(try read(row([.unsigned(UInt64(Int.max))])) { try $0.count() } == .max)
    #expect(throws: CodingError.self) { try read(row([.unsigned(UInt64(Int.max) + 1)])) { try $0.count() } }
  }

  @Test("A blob, a text or a list that claims more than is left is refused before it takes memory")
  func claims() {
    for claim in [1, 2, 1000, Int.max] {
      let bytes = row([.count(claim)])
      #expect(throws: CodingError.self) { try read(bytes) { _ = try $0.blob() } }
      #expect(throws: CodingError.self) { try read(bytes) { _ = try $0.text() } }
      #expect(throws: CodingError.self) {
        try read(bytes) { _ = try $0.list { (reader) throws(CodingError) in try reader.byte() } }
      }
    }
    #expect(throws: CodingError.self) { try read([1, 2]) { _ = try $0.raw(3) } }
    #expect(throws: CodingError.self) { try read([1, 2]) { _ = try $0.raw(-1) } }
  }

  @Test("A flag is 0 or 1 and nothing else")
  func flags() {
    for value in UInt8(2)...255 {
      #expect(throws: CodingError.self) { try read([value, 0]) { _ = try $0.flag() } }
      #expect(throws: CodingError.self) {
        try read([value, 0]) { _ = try $0.optional { (reader) throws(CodingError) in try reader.byte() } }
      }
    }
  }

  @Test(
    "A text that is not UTF-8 is refused", arguments: [[0x80], [0xC3], [0xED, 0xA0, 0x80], [0xC0, 0x80]] as [[UInt8]])
  func malformedText(bytes: [UInt8]) {
    #expect(throws: CodingError.self) { try read(row([.blob(bytes)])) { _ = try $0.text() } }
  }

  @Test("An error says at which byte the row went wrong")
  func message() {
    let error = #expect(throws: CodingError.self) {
      try read([1, 2, 3]) { reader in
        _ = try reader.raw(2)
        _ = try reader.fixed(UInt32.self)
      }
    }
    #expect(error?.description == "a row ends early, at byte 2")
  }
}
