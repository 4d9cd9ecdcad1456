import GeneratedEvents
import Matching
import Testing

@Suite("Similarity of texts")
struct StringSimilarityTests {
  @Test(
    "by Jaro and Winkler is as published (Winkler 1990)",
    arguments: [
      ("martha", "marhta", 0.961), ("dwayne", "duane", 0.840), ("dixon", "dicksonx", 0.813),
      ("jones", "johnson", 0.832), ("abc", "xyz", 0), ("", "a", 0), ("", "", 1),
    ])
  func published(a: String, b: String, expected: Double) {
    #expect(abs(jaroWinkler(a, b) - expected) < 0.001)
  }

  @Test("by Jaro and Winkler is symmetric, 0...1, and 1 only for equal texts", arguments: 0..<200)
  func properties(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let (a, b) = (text(&random), text(&random))
    let similarity = jaroWinkler(a, b)
    #expect(similarity == jaroWinkler(b, a), "\(a) \(b)")
    #expect((0...1).contains(similarity), "\(a) \(b)")
    #expect((similarity == 1) == (a == b), "\(a) \(b)")
    #expect(jaroWinkler(a, a) == 1, "\(a)")
  }

  @Test("by Jaro and Winkler holds for texts of more than 64 letters")
  func long() {
    let text = String(repeating: "abcdefghij", count: 12)
    #expect(jaroWinkler(text, text) == 1)
    #expect(jaroWinkler(text, text + "k") < 1)
  }

  @Test(
    "by edits counts a swap of neighbours as one",
    arguments: [("ca", "ac", 1), ("ca", "abc", 3), ("", "abc", 3), ("kitten", "sitting", 3), ("hà", "ha", 1)])
  func edits(a: String, b: String, expected: Int) {
    #expect(editDistance(a, b) == expected)
  }

  @Test("by edits is what the recursive definition gives, and symmetric", arguments: 0..<100)
  func naive(seed: Int) {
    var random = SeededGenerator(seed: UInt64(seed))
    let (a, b) = (String(text(&random).prefix(5)), String(text(&random).prefix(5)))
    #expect(editDistance(a, b) == naiveDistance(Array(a), Array(b)), "\(a) \(b)")
    #expect(editDistance(a, b) == editDistance(b, a), "\(a) \(b)")
    #expect((editDistance(a, b) == 0) == (a == b), "\(a) \(b)")
  }

  /// Of few different letters, so that many are in common; sometimes long.
  private func text(_ random: inout SeededGenerator) -> String {
    let length = random.oneIn(8) ? random.number(60..<90) : random.number(0..<7)
    return String((0..<length).map { _ in random.pick(["a", "b", "c", "d"]) as Character })
  }

  private func naiveDistance(_ a: [Character], _ b: [Character]) -> Int {
    guard let lastA = a.last, let lastB = b.last else { return a.count + b.count }
    var least = min(naiveDistance(a.dropLast(), b), naiveDistance(a, b.dropLast())) + 1
    least = min(least, naiveDistance(a.dropLast(), b.dropLast()) + (lastA == lastB ? 0 : 1))
    if a.count > 1, b.count > 1, lastA == b[b.count - 2], lastB == a[a.count - 2] {
      least = min(least, naiveDistance(a.dropLast(2), b.dropLast(2)) + 1)
    }
    return least
  }
}

extension [Character] {
  fileprivate func dropLast(_ count: Int = 1) -> [Character] { Array(prefix(Swift.max(0, self.count - count))) }
}
