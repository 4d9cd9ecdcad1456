import Events
import Testing

@Suite struct LookAlikeTests {
  private let rules = IdentifierRules.standard

  @Test(
    "Letters that only look alike are different identifiers, never one person",
    arguments: [
      ("аn@example.com", "an@example.com"), ("ａｎ@example.com", "an@example.com"), ("ﬁn@example.com", "fin@example.com"),
      ("ɑn@example.com", "an@example.com"), ("an@examp1e.com", "an@example.com"), ("ın@example.com", "in@example.com"),
      ("straße@example.com", "strasse@example.com"), ("dang@example.com", "đang@example.com"),
    ])
  func lookAlikes(text: String, other: String) throws {
    for type in ["email", "social_id"] {
      let (left, right) = (rules.normalise(text, type: type), rules.normalise(other, type: type))
      #expect(left == .success(Identifier(type: type, value: text)) && left != right, "\(type)")
    }
  }

  @Test("A full-width @ is no @, and letters of other scripts are no digits")
  func otherSigns() {
    #expect(rules.normalise("an＠example.com", type: "email") == .failure(.malformed(.emailWithoutSingleAt)))
    #expect(rules.normalise("О9О1234567", type: "phone") == .failure(.malformed(.phoneWithOtherCharacters)))
  }

  @Test(
    "Characters that show nothing make no second person: they are taken out, wherever they stand",
    arguments: [
      "\u{200B}", "\u{200C}", "\u{200D}", "\u{200E}", "\u{202A}", "\u{2060}", "\u{FEFF}", "\u{AD}", "\u{34F}",
      "\u{180E}", "\u{FE0F}", "\u{3164}", "\u{E0020}", "\u{FFF9}", "\u{2066}\u{2069}",
    ])
  func invisibleCharacters(invisible: String) {
    for (type, plain) in [
      ("email", "an@example.com"), ("phone", "+84901234567"), ("customer_id", "Ab 9"), ("social_id", "Đặng\u{1F600}"),
    ] {
      let expected = Identifier(type: type, value: plain)
      for offset in 0...plain.count {
        let place = plain.index(plain.startIndex, offsetBy: offset)
        let text = plain[..<place] + invisible + plain[place...]
        #expect(rules.normalise(String(text), type: type) == .success(expected), "\(type) at \(offset)")
      }
      #expect(rules.normalise("\(invisible) \(plain) \(invisible)", type: type) == .success(expected), "\(type)")
    }
  }

  @Test("A value of invisible characters is empty, and hides no blocked value")
  func invisibleAndBlocked() {
    for type in rules.types.map(\.name) {
      for text in ["\u{200B}", " \u{FEFF} \u{3164}", "nu\u{200B}ll", "0\u{AD}0", "\u{202A}GUEST\u{202C}"] {
        #expect(rules.normalise(text, type: type) == .failure(.blocked), "\(type)")
      }
    }
    let hidden = IdentifierRules(types: rules.types, blocked: ["in\u{200B}fo@shop.vn"], region: .vietNam)
    #expect(hidden.normalise("info@shop.vn", type: "email") == .failure(.blocked))
  }

  @Test("Invisible characters do not count towards the length, and join what they kept apart before NFC")
  func invisibleBeforeOtherSteps() {
    let padded = String(repeating: "a\u{200B}", count: 256)
    #expect(
      rules.normalise(padded, type: "customer_id")
        == .success(Identifier(type: "customer_id", value: String(repeating: "a", count: 256))))
    let joined = rules.normalise("e\u{34F}\u{301}", type: "customer_id")
    #expect(joined.map { Array($0.value.utf8) } == .success(Array("\u{E9}".utf8)))
  }
}
