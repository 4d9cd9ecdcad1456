import Events
import Testing

@Suite struct IdentifierRulesTests {
  private let rules = IdentifierRules.standard

  private func value(_ text: String, type: String) -> String? {
    switch rules.normalise(text, type: type) {
    case .success(let identifier): identifier.value
    case .failure: nil
    }
  }

  @Test("The default types have the strengths of the vocabulary, strongest first")
  func strengths() {
    let names = ["customer_id", "email", "phone", "loyalty_id", "marketplace_id", "social_id", "anonymous_id"]
    #expect(rules.types.map(\.name) == names)
    #expect(rules.types.map(\.limit) == [1, nil, nil, 1, nil, nil, nil])
    for type in rules.types {
      let isSharedByCustomers = ["email", "phone", "anonymous_id"].contains(type.name)
      #expect(type.sharedAbove == (isSharedByCustomers ? ["customer_id": 1] : [:]), "\(type.name)")
      #expect(type.linksWith == nil && rules.blockedPatterns.isEmpty)
    }
    for (strength, name) in names.enumerated() {
      #expect(Array(name.utf8).asBuffer { rules.strength(ofType: $0) } == strength)
    }
    for name in ["", "e-mail", "emai", "emaill", "EMAIL"] {
      #expect(Array(name.utf8).asBuffer { rules.strength(ofType: $0) } == nil, "\(name)")
    }
  }

  @Test(
    "E-mail addresses become lower case without surrounding space",
    arguments: [
      ("An@Example.COM", "an@example.com"), (" an@example.com\r\n", "an@example.com"),
      ("\u{A0}an@example.com\u{3000}", "an@example.com"),
      ("ĐẶNG@ví-dụ.vn", "đặng@ví-dụ.vn"), ("a+b.c@d", "a+b.c@d"),
    ])
  func emails(text: String, expected: String) {
    #expect(value(text, type: "email") == expected)
  }

  @Test(
    "What is no e-mail address is refused with its reason",
    arguments: [
      ("an.example.com", .emailWithoutSingleAt), ("a@b@c", .emailWithoutSingleAt),
      ("@example.com", .emailWithEmptySide),
      ("an@", .emailWithEmptySide), ("@", .emailWithEmptySide), ("an @example.com", .emailWithSpace),
      ("ân\u{A0}@example.com", .emailWithSpace), ("an@exam\u{7}ple.com", .controlCharacter),
      ("ân@exam\u{85}ple.com", .controlCharacter),
    ] as [(String, NormalisationProblem)])
  func wrongEmails(text: String, problem: NormalisationProblem) {
    #expect(rules.normalise(text, type: "email") == .failure(.malformed(problem)))
  }

  @Test("Other identifiers keep their case and become NFC")
  func verbatim() {
    #expect(value("  Ab-9 x ", type: "customer_id") == "Ab-9 x")
    let decomposed = value("Kha\u{301}ch", type: "social_id")
    #expect(decomposed.map { Array($0.utf8) } == Array("Kh\u{E1}ch".utf8))
  }

  @Test("256 bytes are taken and 257 are not, before and after NFC, surrounding space not counted")
  func lengthLimit() {
    let longest = String(repeating: "a", count: 256)
    #expect(value(" " + longest + " ", type: "customer_id") == longest)
    #expect(rules.normalise(longest + "a", type: "customer_id") == .failure(.malformed(.tooLong)))
    #expect(rules.normalise(longest.dropLast() + "é", type: "customer_id") == .failure(.malformed(.tooLong)))
    // U+1D15E has four bytes, its NFC eight.
    let growing = String(repeating: "\u{1D15E}", count: 60)
    #expect(rules.normalise(growing, type: "customer_id") == .failure(.malformed(.tooLong)))
  }

  @Test("A value of ten thousand characters is too long on every type, in ASCII and beyond")
  func veryLongValues() {
    for type in rules.types {
      for text in ["1", "é", "\u{1F468}\u{200D}"].map({ String(repeating: $0, count: 10_000) }) {
        #expect(rules.normalise(text, type: type.name) == .failure(.malformed(.tooLong)), "\(type.name)")
      }
    }
  }

  @Test("Bytes that are not UTF-8 are refused")
  func malformedUTF8() {
    var out: [UInt8] = [1, 2]
    let outcome = [0x61, 0xC3].asBuffer { rules.normalise($0, strength: 0, into: &out) }
    #expect(outcome == .malformed(.notUTF8) && out == [1, 2])
  }

  @Test("An unknown type is an error that names it")
  func unknownType() {
    #expect(rules.normalise("x", type: "fax") == .failure(.unknownType("fax")))
  }

  @Test("What comes out is appended, and only when it is kept")
  func outputIsAppended() {
    var out: [UInt8] = Array("before:".utf8)
    let texts = [("An@B.vn", 1), ("null", 1), ("an", 1), ("0901234567", 2), ("12", 2), ("ế", 0), ("vô danh@", 1)]
    let outcomes = texts.map { text, strength in
      Array(text.utf8).asBuffer { rules.normalise($0, strength: strength, into: &out) }
    }
    #expect(
      outcomes == [
        .kept, .blocked, .malformed(.emailWithoutSingleAt), .kept, .malformed(.phoneLength), .kept,
        .malformed(.emailWithSpace),
      ])
    #expect(String(decoding: out, as: UTF8.self) == "before:an@b.vn+84901234567ế")
  }

  @Test("Normal forms are their own normal forms, for every letter and every type")
  func idempotence() {
    for codePoint in UInt32(0x20)...0x2FFFF where codePoint % 3 == 0 || codePoint < 0x3000 {
      guard let scalar = Unicode.Scalar(codePoint), scalar.properties.generalCategory != .unassigned else { continue }
      for (type, text) in [("email", "\(scalar)x@\(scalar)\u{301}y"), ("social_id", "x\(scalar)\u{307}\(scalar)")] {
        guard let once = value(text, type: type) else { continue }
        let twice = value(once, type: type)
        #expect(twice.map { Array($0.utf8) } == Array(once.utf8), "\(type) U+\(String(codePoint, radix: 16))")
      }
    }
  }
}
