import Matching
import Testing

@Suite("The score of a possible duplicate")
struct CandidateScoreTests {
  private let home = ["12 Nguyễn Huệ", "Phường Bến Nghé", "Quận 1", "Thành phố Hồ Chí Minh"]

  @Test(
    "is high for the same name, in any order and without diacritics, with the same birthday",
    arguments: ["Trương Thị Hồng Đào", "truong thi hong dao", "Đào Trương Thị Hồng", "TRƯƠNG THỊ HỒNG-ĐÀO"])
  func sameNameAndBirthday(name: String) throws {
    let known = MatchRecord(name: "Trương Thị Hồng Đào", birthday: "1992-08-17")
    let found = try #require(Crowd.candidate(known, MatchRecord(name: name, birthday: "1992-08-17")))
    #expect(found.score > 0.9)
    #expect(Set(found.reasons) == [.sameName, .sameBirthday])
  }

  @Test("is high for the same name at the same address")
  func sameNameAndAddress() {
    let person = MatchRecord(name: "Trương Thị Hồng Đào", address: home)
    #expect(Crowd.score(person, person) > 0.9)
  }

  @Test("is high for a misspelt rare name and a birthday with day and month swapped at the same address")
  func misspelt() throws {
    let a = MatchRecord(name: "Emily Marlborough", birthday: "1992-08-11", address: home)
    let b = MatchRecord(name: "Emily Malrborough", birthday: "1992-11-08", address: home)
    let found = try #require(Crowd.candidate(a, b))
    #expect(found.score > 0.7)
    #expect(found.reasons.contains(.birthdayTransposed))
  }

  @Test("of a name alone is never half, however rare it is", arguments: ["Nguyễn Văn An", "Zebedee Quillfeather"])
  func nameAlone(name: String) {
    #expect(Crowd.score(MatchRecord(name: name), MatchRecord(name: name)) < 0.5)
    #expect(Crowd.score(MatchRecord(name: name), MatchRecord(name: name), among: 3) < 0.5)
  }

  @Test("weighs a rare name more than a common one")
  func rareAndCommon() {
    let (rare, common) = ("Khổng Tường Vi", "Nguyễn Văn An")
    let rareScore = Crowd.score(
      MatchRecord(name: rare, birthday: "1990-10-10"), MatchRecord(name: rare, birthday: "1990-10-10"))
    let commonScore = Crowd.score(
      MatchRecord(name: common, birthday: "1990-10-10"), MatchRecord(name: common, birthday: "1990-10-10"))
    #expect(rareScore > commonScore)
  }

  @Test("falls far when the birthdays are different")
  func otherBirthday() {
    let same = MatchRecord(name: "Trương Thị Hồng Đào", birthday: "1992-08-17", address: home)
    let other = MatchRecord(name: "Trương Thị Hồng Đào", birthday: "1967-02-03", address: home)
    #expect(Crowd.score(same, same) > 0.99)
    #expect(Crowd.score(same, other) < 0.5)
  }

  @Test("is low for a family: one address, one family name, other given names")
  func family() {
    let a = MatchRecord(name: "Trương Thị Hồng Đào", birthday: "1992-08-17", address: home)
    let b = MatchRecord(name: "Trương Văn Phúc", birthday: "1990-01-30", address: home)
    #expect(Crowd.score(a, b) < 0.05)
    #expect(Crowd.score(MatchRecord(name: a.name, address: home), MatchRecord(name: b.name, address: home)) < 0.1)
  }

  @Test("is not high for twins")
  func twins() {
    let a = MatchRecord(name: "Trương Thị Hồng Đào", birthday: "1992-08-17", address: home)
    let b = MatchRecord(name: "Trương Thị Hồng Mai", birthday: "1992-08-17", address: home)
    #expect(Crowd.score(a, b) < 0.5)
  }

  @Test("does not take short Vietnamese names for misspellings of each other")
  func shortNames() {
    let a = MatchRecord(name: "Trương Hồng Lan", birthday: "1992-08-17", address: home)
    let b = MatchRecord(name: "Trương Hồng Loan", birthday: "1992-08-17", address: home)
    #expect(Crowd.score(a, b) < 0.5)
  }

  @Test("is the same whatever other e-mail addresses and phone numbers they have")
  func otherContacts() {
    let a = MatchRecord(name: "Khổng Tường Vi", birthday: "1990-10-10", emails: ["a1@b.vn"], phones: ["+84901234567"])
    let b = MatchRecord(name: "Khổng Tường Vi", birthday: "1990-10-10", emails: ["z9@b.vn"], phones: ["+84988888888"])
    let bare = MatchRecord(name: "Khổng Tường Vi", birthday: "1990-10-10")
    #expect(Crowd.score(a, b) == Crowd.score(bare, bare))
  }

  @Test("rises with an e-mail name at another domain and with a phone number one digit off")
  func contacts() throws {
    let a = MatchRecord(name: "Khổng Tường Vi", emails: ["coffeecat77@gmail.com"], phones: ["+84901234567"])
    let b = MatchRecord(name: "Vi Khổng", emails: ["coffeecat77@yahoo.com"], phones: ["+84901234576"])
    let found = try #require(Crowd.candidate(a, b))
    #expect(found.score > 0.9)
    #expect(found.reasons.contains(.sameEmailName))
    #expect(found.reasons.contains(.similarPhone))
  }

  @Test("takes a malformed birthday by its digits, and no field at all for nothing")
  func malformed() {
    let a = MatchRecord(name: "Khổng Tường Vi", birthday: "1990/10/10")
    #expect(Crowd.score(a, MatchRecord(name: "Khổng Tường Vi", birthday: "1990-10-10")) > 0.9)
    #expect(Crowd.score(MatchRecord(), MatchRecord()) == 0)
    #expect(Crowd.score(MatchRecord(name: "…", birthday: "-", emails: ["@"], phones: ["+"]), MatchRecord()) == 0)
  }

  @Test("comes with reasons in plain words")
  func words() {
    #expect(MatchReason.similarName(0.96).description == "similar name (96 %)")
    #expect(MatchReason.birthdayTransposed.description == "birthday with digits swapped")
  }
}
