import Events
import Testing

@Suite struct EmailReductionTests {
  private func email(_ text: String, tags: Bool = false, dotless: Set<String> = []) -> Result<String, IdentifierRefusal>
  {
    var options = EmailOptions()
    options.dropsTags = tags
    options.dotlessDomains = dotless
    let rules = IdentifierRules(
      types: [IdentifierType(name: "email", form: .email(options))], blocked: ["Info@shop.vn", "b.o.t@gmail.com"],
      region: .vietNam)
    return rules.normalise(text, type: "email").map(\.value)
  }

  @Test("By default tags and dots tell people apart", arguments: ["a.n+shop@gmail.com", "+@gmail.com", ".@gmail.com"])
  func defaultsKeepEverything(text: String) {
    #expect(email(text) == .success(text))
  }

  @Test(
    "Dropping tags takes away the first + and what follows it before the @",
    arguments: [
      ("An+Shop@Example.com", "an@example.com"), ("an+a+b@example.com", "an@example.com"),
      ("an+@example.com", "an@example.com"), ("an@exa+mple.com", "an@exa+mple.com"),
      ("đặng+shop@ví-dụ.vn", "đặng@ví-dụ.vn"), ("a.n+shop@gmail.com", "a.n@gmail.com"),
    ])
  func tags(text: String, expected: String) {
    #expect(email(text, tags: true) == .success(expected))
  }

  @Test(
    "Dots go before the @ of the domains that are named, and of no other",
    arguments: [
      ("A.N@GMail.com", "an@gmail.com"), ("a..n.@gmail.com", "an@gmail.com"),
      ("a.n@mail.gmail.com", "a.n@mail.gmail.com"),
      ("a.n@gmail.com.vn", "a.n@gmail.com.vn"), ("đ.ặng@gmail.com", "đặng@gmail.com"),
      ("a.n@ví-dụ.vn", "an@ví-dụ.vn"), ("a.n+x.y@gmail.com", "an+xy@gmail.com"),
    ])
  func dots(text: String, expected: String) {
    #expect(email(text, dotless: ["gmail.com", "Ví-Dụ.vn"]) == .success(expected))
  }

  @Test(
    "An address of which nothing would be left before the @ is malformed",
    arguments: ["+shop@gmail.com", ".@gmail.com", "..+x@gmail.com", ".+đ@gmail.com"])
  func nothingLeft(text: String) {
    #expect(email(text, tags: true, dotless: ["gmail.com"]) == .failure(.malformed(.emailWithEmptySide)))
  }

  @Test(
    "A blocked address is blocked under all its tags and dots",
    arguments: ["info+1@shop.vn", "INFO+đ@shop.vn", "bot@gmail.com", "b.ot+1@gmail.com", "B.O.T@gmail.com"])
  func blockedAddresses(text: String) {
    #expect(email(text, tags: true, dotless: ["gmail.com"]) == .failure(.blocked))
  }

  @Test("An address that is refused leaves nothing behind")
  func refusalLeavesNothing() {
    var options = EmailOptions()
    options.dropsTags = true
    let rules = IdentifierRules(
      types: [IdentifierType(name: "email", form: .email(options))], blocked: ["info@shop.vn"], region: .vietNam)
    var out: [UInt8] = [1, 2]
    let outcomes = ["+x@shop.vn", "+đ@shop.vn", "info+x@shop.vn", "an+x@b.vn"].map { text in
      Array(text.utf8).asBuffer { rules.normalise($0, strength: 0, into: &out) }
    }
    #expect(
      outcomes == [.malformed(.emailWithEmptySide), .malformed(.emailWithEmptySide), .blocked, .kept])
    #expect(out == [1, 2] + Array("an@b.vn".utf8))
  }
}
