import Events
import Testing

@Suite struct PhoneTests {
  private func phone(_ text: String, region: PhoneRegion = .vietNam) -> String? {
    let rules = IdentifierRules(
      types: [IdentifierType(name: "phone", form: .phone)], blocked: [], region: region)
    return switch rules.normalise(text, type: "phone") {
    case .success(let identifier): identifier.value
    case .failure: nil
    }
  }

  @Test(
    "All ways of writing one Vietnamese number give one identifier",
    arguments: [
      "0901 234 567", "+84901234567", "84-901-234-567", "(090) 123-4567", "0084 901 234 567", "901234567",
      "+84 (0)90 123 4567", "(+84) 901.234.567", " 0901234567\n", "090/1234567", "84 0901234567", "０９０１２３４５６７",
      "+84\u{A0}901\u{2011}234\u{2013}567", "\u{202A}+84901234567\u{202C}",
    ])
  func vietnameseSpellings(text: String) {
    #expect(phone(text) == "+84901234567")
  }

  @Test(
    "Numbers of other countries follow their own plan",
    arguments: [
      ("+1 (212) 555-0123", "+12125550123"), ("+44 (0)20 7946 0958", "+442079460958"),
      ("+39 06 1234 5678", "+390612345678"),
      ("+65 6123 4567", "+6561234567"), ("+7 8 495 123-45-67", "+74951234567"),
      ("+7 800 123-45-67", "+78001234567"), ("00 81 90 1234 5678", "+819012345678"),
      ("+995 32 212 3456", "+995322123456"),
    ])
  func foreignNumbers(text: String, expected: String) {
    #expect(phone(text) == expected)
  }

  @Test(
    "A number without a country belongs to the default region, with its trunk and international prefixes",
    arguments: [
      ("US", "(212) 555-0123", "+12125550123"), ("US", "1-212-555-0123", "+12125550123"),
      ("US", "011 84 901 234 567", "+84901234567"), ("GB", "020 7946 0958", "+442079460958"),
      ("JP", "010-84-901-234-567", "+84901234567"), ("JP", "090-1234-5678", "+819012345678"),
      ("AU", "0011 84 901 234 567", "+84901234567"), ("SG", "6123 4567", "+6561234567"),
      ("SG", "65 6123 4567", "+6561234567"), ("IT", "06 1234 5678", "+390612345678"),
      ("IT", "391 234 5678", "+393912345678"), ("RU", "800 123-45-67", "+78001234567"),
      ("RU", "8 (495) 123-45-67", "+74951234567"), ("RU", "79161234567", "+79161234567"),
      ("HU", "06 1 234 5678", "+3612345678"), ("ID", "628123456789", "+628123456789"),
      ("ID", "0812 3456 789", "+628123456789"), ("IN", "9198765432", "+919198765432"),
      ("DE", "491701234567", "+491701234567"),
      ("AE", "050 123 4567", "+971501234567"),
    ])
  func defaultRegions(region: String, text: String, expected: String) throws {
    #expect(phone(text, region: try #require(PhoneRegion(region))) == expected)
  }

  @Test(
    "What is no phone number is refused with its reason",
    arguments: [
      ("090123456", .phoneLength), ("+84 90123", .phoneLength), ("+1 212 555 01234", .phoneLength),
      ("+999 1234567890123", .phoneLength), ("+0901234567", .phoneLeadingZero), ("1234", .phoneLength),
      ("0901234567 or 0907654321", .phoneWithOtherCharacters), ("090-FLOWERS", .phoneWithOtherCharacters),
      ("0901234567 ext", .phoneWithOtherCharacters), ("0901234567 ext 12345678", .phoneWithOtherCharacters),
      ("ext 5", .phoneWithOtherCharacters), ("09+01234567", .phoneWithOtherCharacters),
      ("++84901234567", .phoneWithOtherCharacters),
      ("()", .phoneLength), ("0901\t234567", .controlCharacter), ("0901234567 số 2", .phoneWithOtherCharacters),
      (String(repeating: "1", count: 40), .phoneLength), ("00901234567", .phoneLength),
    ] as [(String, NormalisationProblem)])
  func refusals(text: String, problem: NormalisationProblem) {
    let result = IdentifierRules.standard.normalise(text, type: "phone")
    #expect(result == .failure(.malformed(problem)))
  }

  @Test(
    "A number with an extension is refused with a reason of its own, since without it a whole company would be one person",
    arguments: [
      "x12", " x 12", " ext. 12", " ext 12", " EXT:12", "ext12", " extn 12", " extension 1234", " #12", ";ext=12",
      " (ext 12)", ", ext. 12", " máy lẻ 12", " ma\u{301}y le\u{309} 12", " MÁY LẺ: 12", " (máy lẻ 12)", " may le 12",
      " nội bộ 12", " Noi bo 12", " nhánh 12", " ｅｘｔ．１２", "\u{200B}x\u{200B}12", " ext 1234567",
    ])
  func extensions(ending: String) {
    for number in ["028 3822 1234", "+84-28-3822-1234", "+1 212 555 0123"] {
      let result = IdentifierRules.standard.normalise(number + ending, type: "phone")
      #expect(result == .failure(.malformed(.phoneWithExtension)), "\(number)\(ending)")
    }
  }

  @Test("Every kept number is E.164, within its region's lengths, and its own normal form")
  func normalFormsAreStable() throws {
    var random = SeededGenerator(seed: 401)
    let characters = Array("0123456789012345678900+ -.()84")
    var keptCount = 0
    for _ in 0..<30_000 {
      let region = PhoneRegion.all[Int.random(in: 0..<PhoneRegion.all.count, using: &random)]
      let text = String(
        (0..<Int.random(in: 6...18, using: &random)).map { _ in
          characters[Int.random(in: 0..<characters.count, using: &random)]
        })
      guard let normal = phone(text, region: region) else { continue }
      keptCount += 1
      let digits = normal.dropFirst()
      #expect(normal.first == "+" && digits.first != "0" && (7...15).contains(digits.count), "\(random) \(text)")
      #expect(digits.allSatisfy { $0.isASCII && $0.isNumber }, "\(random) \(text)")
      #expect(phone(normal, region: region) == normal, "\(random) \(region.iso3166) \(text)")
      #expect(phone(normal, region: .vietNam) == normal, "\(random) \(region.iso3166) \(text)")
    }
    #expect(keptCount > 3000, "\(random) kept \(keptCount)")
  }

  @Test("In every region national, trunk and both international spellings of a number meet")
  func spellingsMeet() {
    for region in PhoneRegion.all {
      let national = String(repeating: "5", count: region.nationalLengths.upperBound)
      let expected = "+" + region.callingCode + national
      guard expected.count <= 16 else { continue }
      let spellings = [
        national, region.trunkPrefix + national, expected, region.internationalPrefix + region.callingCode + national,
        "00" + region.callingCode + national,
      ]
      for spelling in spellings {
        #expect(phone(spelling, region: region) == expected, "\(region.iso3166) \(spelling)")
      }
    }
  }

  @Test("The table knows each region once, and regions with one calling code have one plan")
  func tableIsConsistent() {
    let codes = PhoneRegion.all.map(\.iso3166)
    #expect(Set(codes).count == codes.count && codes.count >= 60)
    let byCode = Dictionary(grouping: PhoneRegion.all, by: \.callingCode)
    for (code, regions) in byCode {
      #expect(Set(regions.map(\.nationalLengths)).count == 1 && Set(regions.map(\.trunkPrefix)).count == 1, "\(code)")
      #expect(byCode.keys.allSatisfy { $0 == code || !$0.hasPrefix(code) }, "\(code) begins another code")
    }
    #expect(PhoneRegion("VN") == .vietNam && PhoneRegion("vn") == nil && PhoneRegion("") == nil)
  }
}
