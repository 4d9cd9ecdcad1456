import Testing
import UnicodeText

@Suite struct UnicodeTextTests {
  @Test("Composed and decomposed spellings have one NFC")
  func composition() throws {
    let composed = Array("Nguyễn Thị Ánh, ệ, 가, Å".precomposed.utf8)
    let decomposed = Array(
      "Nguye\u{302}\u{303}n Thi\u{323} A\u{301}nh, e\u{302}\u{323}, \u{1100}\u{1161}, A\u{30A}".utf8)
    #expect(composed != decomposed)
    #expect(try decomposed.withUnsafeBufferPointer { try nfc($0) } == composed)
    #expect(try composed.withUnsafeBufferPointer { try nfc($0) } == composed)
    #expect(Array(nfc("\u{212B}").utf8) == Array("\u{C5}".utf8))
  }

  @Test("NFC keeps what a text means: every assigned letter stays canonically equal and is stable after one step")
  func idempotence() throws {
    for value in UInt32(0x80)...0xFFFF {
      guard let scalar = Unicode.Scalar(value), scalar.properties.generalCategory != .unassigned else { continue }
      let text = "a\(scalar)\u{323}\u{301}"
      let once = nfc(text)
      #expect(once == text, "U+\(String(value, radix: 16))")
      #expect(Array(nfc(once).utf8) == Array(once.utf8), "U+\(String(value, radix: 16))")
    }
  }

  @Test(
    "Bytes that are not UTF-8 are an error", arguments: [[0xC3], [0x61, 0xFF], [0xED, 0xA0, 0x80], [0xC0, 0x80]])
  func malformed(bytes: [UInt8]) {
    #expect(throws: MalformedUTF8()) { try bytes.withUnsafeBufferPointer { try nfc($0) } }
  }

  @Test(
    "Widths are terminal columns",
    arguments: [
      ("", 0), ("Hoso", 4), ("hồ sơ", 5), ("ho\u{302}\u{300} so\u{31B}", 5), ("客户", 4), ("カード", 6), ("ｶｰﾄﾞ", 4),
      ("한국", 4), ("😀", 2), ("a\tb", 2),
    ])
  func widths(text: String, columns: Int) {
    #expect(displayWidth(of: text) == columns)
  }

  @Test("Accents and the stroke of đ are taken off, other scripts stay whole")
  func folding() {
    #expect(foldingDiacritics("Đặng Thị Hồng Ướt") == "Dang Thi Hong Uot")
    #expect(foldingDiacritics("đường điện") == "duong dien")
    #expect(foldingDiacritics("Ελλάδα café Ё") == "Ελλαδα cafe Е")
    for text in ["กี่บาท", "हिन्दी", "がぎ", "한국", "plain"] {
      #expect(Array(foldingDiacritics(text).utf8) == Array(text.utf8), "\(text)")
    }
  }
}

extension String {
  /// The literal as typed here; a guard against editors that save decomposed text.
  fileprivate var precomposed: String {
    precondition(unicodeScalars.allSatisfy { $0.properties.generalCategory != .nonspacingMark })
    return self
  }
}
