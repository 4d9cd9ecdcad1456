import Events
import Testing

@Suite struct NormalisationPropertyTests {
  private let rules: IdentifierRules = {
    var options = EmailOptions()
    options.dropsTags = true
    options.dotlessDomains = ["gmail.com", "a.vn"]
    let reduced = IdentifierType(name: "reduced", form: .email(options))
    let blocked = IdentifierRules.standard.blocked + ["a@a.vn", "0900000001"]
    return IdentifierRules(types: IdentifierRules.standard.types + [reduced], blocked: blocked, region: .vietNam)
  }()

  private static let asciiPieces = [
    "a", "A", "@", "@a.vn", "@GMail.com", "+", ".", " ", "\t", "\n", "\u{7}", "\u{7F}", "0", "-", "090", "1234567",
    "+84", "(0)", " ext 12", "x", "null", "Test", String(repeating: "b", count: 100),
  ]
  private static let otherPieces = [
    "đ", "Ặ", "e\u{301}", "İ", "ß", "Σ", "а", "ａ", "１", "\u{A0}", "\u{3000}", "\u{85}", "\u{200B}", "\u{34F}",
    "\u{FEFF}", "\u{323}", "–", "＋", " máy lẻ 1", "\u{1F468}\u{200D}", "\u{1D15E}",
  ]

  private func text(of pieces: [String], using random: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...7, using: &random)).map { _ in
      pieces[Int.random(in: 0..<pieces.count, using: &random)]
    }.joined()
  }

  @Test("What is normal stays as it is, byte for byte", arguments: [UInt64(7001), 7002, 7003])
  func idempotence(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var keptCount = 0
    for _ in 0..<3000 {
      let text = text(of: Self.asciiPieces + Self.otherPieces, using: &random)
      for type in rules.types.map(\.name) {
        guard case .success(let once) = rules.normalise(text, type: type) else { continue }
        keptCount += 1
        let twice = rules.normalise(once.value, type: type).map { Array($0.value.utf8) }
        #expect(twice == .success(Array(once.value.utf8)), "\(random) \(type) \(text.debugDescription)")
        #expect(!rules.isBlocked(once), "\(random) \(type) \(text.debugDescription)")
        #expect(once.value.utf8.count <= IdentifierRules.greatestLength, "\(random)")
      }
    }
    #expect(keptCount > 1000, "\(random) kept \(keptCount)")
  }

  @Test(
    "The path for all of Unicode comes to the same answer on ASCII as the fast one", arguments: [UInt64(7101), 7102])
  func pathsAgree(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<4000 {
      let text = text(of: Self.asciiPieces, using: &random)
      let place = text.unicodeScalars.indices.randomElement(using: &random) ?? text.startIndex
      // A character that is taken out leads every value the long way.
      let detour = String(text.unicodeScalars[..<place]) + "\u{200B}" + String(text.unicodeScalars[place...])
      for type in rules.types.map(\.name) {
        let (fast, slow) = (rules.normalise(text, type: type), rules.normalise(detour, type: type))
        #expect(fast == slow, "\(random) \(type) \(text.debugDescription)")
      }
    }
  }
}
