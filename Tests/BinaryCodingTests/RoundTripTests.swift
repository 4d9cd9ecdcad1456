import BinaryCoding
import Testing

@Suite("Binary coding: round trips")
struct RoundTripTests {
  @Test("Any row of fields is read back as it was written, to its last byte", arguments: 0..<50 as Range<UInt64>)
  func anyRow(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let fields = (0..<40).map { _ in Field.random(&generator) }
    try read(row(fields)) { reader in
      for field in fields {
        let back = try field.read(from: &reader)
        #expect(back == field)
      }
      #expect(reader.isAtEnd)
      #expect(reader.remaining == 0)
    }
  }

  @Test("Integers at the edges of every length are read back, in as many bytes as seven bits each need")
  func integerEdges() throws {
    for bits in 0...64 {
      for delta in [-1, 0, 1] {
        let value = (bits == 64 ? 0 : UInt64(1) << UInt64(bits)) &+ UInt64(bitPattern: Int64(delta))
        let bytes = row([.unsigned(value)])
        #expect(bytes.count == max(1, (64 - value.leadingZeroBitCount + 6) / 7))
        #expect(try read(bytes) { try $0.unsigned() } == value)
        let signed = Int64(bitPattern: value)
        #expect(try read(row([.signed(signed)])) { try $0.signed() } == signed)
      }
    }
  }

  @Test("Variable-length integers have the published form: 300 is AC 02, and -1 is 1 after zigzag")
  func publishedForm() {
    #expect(row([.unsigned(300)]) == [0xAC, 0x02])
    #expect([0, -1, 1, -2].map { row([.signed($0)]) } == [[0], [1], [2], [3]])
  }

  @Test("Fixed integers lie with the lowest byte first, big-endian ones with the highest")
  func byteOrder() {
    #expect(row([.fixed32(0x0102_0304)]) == [4, 3, 2, 1])
    #expect(row([.bigEndian32(0x0102_0304)]) == [1, 2, 3, 4])
  }

  @Test("Big-endian keys sort as their numbers do", arguments: 0..<10 as Range<UInt64>)
  func keyOrder(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let numbers = (0..<100).map { _ in UInt32(truncatingIfNeeded: generator.word()) }
    let byKey = numbers.sorted { row([.bigEndian32($0)]).lexicographicallyPrecedes(row([.bigEndian32($1)])) }
    #expect(byKey == numbers.sorted())
  }

  @Test("A writer that was emptied writes as a new one does")
  func emptiedWriter() {
    var writer = ByteWriter(capacity: 4)
    writer.text("to be forgotten")
    writer.removeAll()
    writer.byte(7)
    #expect(writer.bytes == [7])
  }
}
