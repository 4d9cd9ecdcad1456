import BinaryCoding
import Testing

@Suite("Binary coding: ids")
struct UUIDTextTests {
  private func value(_ text: String) -> UInt128? {
    var text = text
    return text.withUTF8 { UUIDText.value($0) }
  }

  @Test("The text of any UUID stands for its number, and the number for its text", arguments: 0..<20 as Range<UInt64>)
  func roundTrip(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let uuid = UInt128(generator.word()) << 64 | UInt128(generator.word())
      #expect(value(UUIDText.text(uuid)) == uuid)
    }
  }

  @Test("A number is written with its highest digit first, in five groups, in lower case")
  func published() {
    #expect(UUIDText.text(0x00112233_4455_6677_8899_aabbccddeeff) == "00112233-4455-6677-8899-aabbccddeeff")
    #expect(value("f81d4fae-7dec-11d0-a765-00a0c91e6bf6") == 0xf81d4fae_7dec_11d0_a765_00a0c91e6bf6)
  }

  @Test("A text with any byte changed to one that no UUID has there is none", arguments: 0..<36)
  func others(place: Int) {
    let uuid = Array("f81d4fae-7dec-11d0-a765-00a0c91e6bf6".utf8)
    let allowed = Set(uuid[place] == UInt8(ascii: "-") ? "-".utf8 : "0123456789abcdef".utf8)
    for byte in UInt8.min...UInt8.max {
      var changed = uuid
      changed[place] = byte
      #expect((changed.withUnsafeBufferPointer { UUIDText.value($0) } == nil) == !allowed.contains(byte))
    }
  }

  @Test("A UUID takes 17 bytes, any other text its own and a length")
  func sizes() {
    #expect(row([.id("f81d4fae-7dec-11d0-a765-00a0c91e6bf6")]).count == 17)
    #expect(row([.id("F81D4FAE-7DEC-11D0-A765-00A0C91E6BF6")]).count == 37)
    #expect(row([.id("")]) == [0])
    #expect(row([.id("KH-1")]) == [8] + Array("KH-1".utf8))
  }

  @Test("An id whose length is odd, but for the mark of a UUID, is refused")
  func malformed() {
    #expect(throws: CodingError.self) { try read([3, 1]) { try $0.id() } }
    #expect(throws: CodingError.self) { try read([1, 0, 0]) { try $0.id() } }
    #expect(throws: CodingError.self) { try read([6, 65]) { try $0.id() } }
    #expect(throws: CodingError.self) { try read([4, 0xC3, 0x28]) { try $0.id() } }
  }
}
