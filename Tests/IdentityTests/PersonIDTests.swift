import Events
import GeneratedEvents
import Hashing
import Identity
import Testing

@Suite("A person's id")
struct PersonIDTests {
  @Test("reads back from its text, in either case", arguments: 0..<50)
  func roundTrip(seed: Int) throws {
    var random = SeededGenerator(seed: UInt64(seed))
    let key = IdentifierKey(Hash128(high: random.next(), low: random.next()))
    let id = PersonID(key)
    #expect(PersonID(id.description) == id)
    #expect(PersonID(id.description.uppercased()) == id)
    #expect(id.matches(key))
    #expect(id.description.utf8.count == 17)
  }

  @Test("reads letters that look like digits as those digits")
  func lookalikes() throws {
    let zero = PersonID(IdentifierKey(Hash128(high: 0, low: 0)))
    #expect(zero.description == "p0000000000000000")
    #expect(PersonID("pooooooooooOOOOOO") == zero)
    #expect(PersonID("p000000000000000i") == PersonID("p0000000000000001"))
    #expect(PersonID("P000000000000000L") == PersonID("p0000000000000001"))
  }

  @Test(
    "is refused where it is no id",
    arguments: [
      "", "p", "p000000000000000", "p00000000000000000", "q0000000000000000", "p000000000000000u", "p000000000000000é",
    ])
  func refused(text: String) { #expect(PersonID(text) == nil) }

  @Test("finds the keys that it was made from, and the keys before them are not among them", arguments: 0..<50)
  func keys(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let key = IdentifierKey(Hash128(high: random.next() | 1, low: random.next()))
    let id = PersonID(key)
    #expect(id.lowestKey <= key)
    #expect(id.matches(id.lowestKey))
    let (before, borrow) = id.lowestKey.hash.low.subtractingReportingOverflow(1)
    #expect(!id.matches(IdentifierKey(Hash128(high: id.lowestKey.hash.high - (borrow ? 1 : 0), low: before))))
  }

  @Test("differs between values, and between types of one value")
  func distinct() {
    let ids = [("email", "a@example.com"), ("email", "b@example.com"), ("phone", "a@example.com")].map {
      PersonID(IdentifierKey(Identifier(type: $0.0, value: $0.1)))
    }
    #expect(Set(ids).count == 3)
  }

  @Test("stays the same from release to release")
  func pinned() {
    let id = PersonID(IdentifierKey(Identifier(type: "email", value: "an@example.com")))
    #expect(id.description == "pag8g0s5f6gfp33bm")
  }
}
