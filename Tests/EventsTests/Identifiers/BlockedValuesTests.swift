import Events
import Testing

@Suite struct BlockedValuesTests {
  private let rules = IdentifierRules.standard

  @Test("The default list blocks every entry on every type, in any case and with space around it")
  func defaultList() {
    for type in rules.types {
      for entry in rules.blocked {
        for text in [entry, entry.uppercased(), " \(entry)\t", "\u{A0}\(entry.lowercased())\u{2003}"] {
          #expect(rules.normalise(text, type: type.name) == .failure(.blocked), "\(type.name) '\(text)'")
        }
      }
    }
  }

  @Test(
    "Nothing, and any run of 0 and -, is blocked on every type",
    arguments: ["", " ", "\n\t", "\u{3000}", "0", "-", "--", "000-0000", "00000000-0000-0000-0000-000000000000"])
  func emptyAndZeros(text: String) {
    for type in rules.types { #expect(rules.normalise(text, type: type.name) == .failure(.blocked), "\(type.name)") }
  }

  @Test(
    "Values that only resemble blocked ones are taken",
    arguments: ["nulls", "nul", "0a", "00x0", "test1", "-1-1", "guest2"])
  func similarValues(text: String) {
    #expect(rules.normalise(text, type: "customer_id") == .success(Identifier(type: "customer_id", value: text)))
  }

  @Test("A configured value is blocked in every spelling of its type")
  func configuredValues() {
    let rules = IdentifierRules(
      types: IdentifierRules.standard.types, blocked: ["Info@Shop.vn", "0900 000 001", "KHÁCH LẺ"], region: .vietNam)
    #expect(rules.normalise("INFO@shop.VN", type: "email") == .failure(.blocked))
    for text in ["0900000001", "+84 900-000-001", "84900000001", "０９００００００01"] {
      #expect(rules.normalise(text, type: "phone") == .failure(.blocked), "\(text)")
    }
    for text in ["khách lẻ", "Kha\u{301}ch le\u{309}", "KHÁCH LẺ"] {
      #expect(rules.normalise(text, type: "social_id") == .failure(.blocked), "\(text)")
    }
    #expect(rules.normalise("null", type: "email") == .failure(.malformed(.emailWithoutSingleAt)))
    #expect(rules.normalise("0", type: "social_id") == .failure(.blocked))
  }

  @Test("A phone number that is blocked only in its normal form leaves nothing behind")
  func blockedPhoneLeavesNothing() {
    let rules = IdentifierRules(types: IdentifierRules.standard.types, blocked: ["0900000001"], region: .vietNam)
    var out: [UInt8] = [1, 2]
    let outcome = Array("+84 900 000 001".utf8).asBuffer { rules.normalise($0, strength: 2, into: &out) }
    #expect(outcome == .blocked && out == [1, 2])
  }

  @Test("Of thousands of blocked values each is found, and no other value is")
  func largeList() {
    let blocked = (0..<5000).map { "blocked-\($0 * 7)@example.com" }
    let rules = IdentifierRules(types: IdentifierRules.standard.types, blocked: blocked, region: .vietNam)
    for number in 0..<35_000 {
      let isBlocked = rules.normalise("Blocked-\(number)@example.com", type: "email") == .failure(.blocked)
      #expect(isBlocked == (number % 7 == 0), "\(number)")
    }
  }
}
