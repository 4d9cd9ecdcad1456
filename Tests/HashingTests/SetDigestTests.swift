import Hashing
import Testing

@Suite("Hash128 and SetDigest")
struct SetDigestTests {
  private func rows(_ generator: inout SeededGenerator, _ count: Int) -> [Hash128] {
    (0..<count).map { _ in Hash128(high: generator.next(), low: generator.next()) }
  }

  private func digest(_ rows: some Sequence<Hash128>) -> SetDigest {
    var digest = SetDigest()
    for row in rows { digest.add(row) }
    return digest
  }

  @Test("The order in which rows are added does not matter", arguments: 0..<20 as Range<UInt64>)
  func order(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let rows = rows(&generator, 100)
    #expect(digest(rows) == digest(rows.shuffled(using: &generator)))
  }

  @Test(
    "Rows taken out leave no trace, and a digest of one row more or less is another",
    arguments: 0..<20 as Range<UInt64>)
  func removal(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (kept, removed) = (rows(&generator, 50), rows(&generator, 7))
    var both = digest((kept + removed).shuffled(using: &generator))
    #expect(both != digest(kept))
    for row in removed { both.remove(row) }
    #expect(both == digest(kept))
    #expect(digest(kept.dropLast()) != digest(kept))
    #expect(digest(kept + [kept[0]]) != digest(kept), "rows count as often as they are added")
  }

  @Test("The digest of two sets is the sum of theirs", arguments: 0..<20 as Range<UInt64>)
  func union(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let (a, b) = (rows(&generator, 30), rows(&generator, 40))
    var sum = digest(a)
    sum.add(digest(b))
    #expect(sum == digest(b + a))
  }

  @Test("Sums carry from the low word to the high one and wrap around at 2^128")
  func carry() {
    var digest = SetDigest(high: 0, low: .max)
    digest.add(Hash128(high: 0, low: 1))
    #expect(digest == SetDigest(high: 1, low: 0))
    digest.add(Hash128(high: .max, low: 0))
    #expect(digest == SetDigest())
    digest.remove(Hash128(high: 0, low: 1))
    #expect(digest.high == .max && digest.low == .max)
  }

  @Test("A digest is restored from its two words", arguments: 0..<5 as Range<UInt64>)
  func words(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let digest = digest(rows(&generator, 9))
    #expect(SetDigest(high: digest.high, low: digest.low) == digest)
  }

  @Test("Hashes print 32 digits and sort as the number that they print", arguments: 0..<10 as Range<UInt64>)
  func hashOrder(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let rows = rows(&generator, 50) + [Hash128(high: 0, low: 1), Hash128(high: 1, low: 0), Hash128(high: 1, low: .max)]
    #expect(rows.allSatisfy { $0.description.utf8.count == 32 })
    #expect(rows.sorted().map(\.description) == rows.map(\.description).sorted())
    #expect(SetDigest(high: 10, low: 11).description == "000000000000000a000000000000000b")
  }
}
