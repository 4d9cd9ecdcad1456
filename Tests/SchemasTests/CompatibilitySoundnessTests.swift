import JSON
import Schemas
import Testing

@Suite("What is called compatible is")
struct CompatibilitySoundnessTests {
  private static let pairsPerSeed = 400
  private static let documentsPerPair = 40

  /// A pair of schemas, both of which compile.
  private struct Pair {
    let old, new: CompiledSchema
    let comparison: SchemaComparison
    let text: String

    init?(_ old: String, _ new: String) {
      guard let former = try? compiled(old), let present = try? compiled(new),
        let comparison = try? SchemaComparison(
          old: SchemaText(name: "old", text: old), new: SchemaText(name: "new", text: new), references: { _ in nil })
      else { return nil }
      (self.old, self.new, self.comparison) = (former, present, comparison)
      text = "\(old)\n  to \(new)"
    }

    /// A document that was valid and is not any more.
    func isCounterexample(_ document: JSONValue, _ context: ValidationContext) -> Bool {
      old.isValid(document, context: context) && !new.isValid(document, context: context)
    }

    /// The fields that are named for the first time.
    var newNames: Set<Substring> {
      Set(comparison.changes.filter { $0.kind == .careful }.compactMap { $0.pointer.split(separator: "/").last })
    }
  }

  @Test(
    "No document that was valid is refused by a random schema that is called compatible",
    arguments: [1, 2, 3, 4] as [UInt64])
  func soundness(seed: UInt64) throws {
    var generator = CompatibilityGenerator(seed: seed)
    var (proved, told) = (0, 0)
    for _ in 0..<Self.pairsPerSeed {
      let old = generator.root()
      let new = generator.isChance(oneIn: 5) ? generator.root() : generator.variant(of: old)
      guard let pair = Pair(old.text, new.text) else { continue }
      let parser = JSONParser()
      for _ in 0..<Self.documentsPerPair {
        let document = generator.document().text
        let value = try parser.parse(document.utf8)
        let context = generator.isChance(oneIn: 2) ? ValidationContext() : ValidationContext(currencyExponent: 0)
        guard pair.isCounterexample(value, context) else { continue }
        told += pair.comparison.isCompatible ? 0 : 1
        // A warning about a new field allows for documents that have it, and for no others.
        let isWarned = pair.newNames.contains { document.contains("\"\($0)\":") }
        #expect(
          !pair.comparison.isCompatible || isWarned,
          "seed \(seed): \(document) is refused; \(pair.text)\n\(pair.comparison.changes)")
      }
      if pair.comparison.isCompatible && pair.comparison.changes.contains(where: { $0.kind == .compatible }) {
        proved += 1
      }
    }
    #expect(proved > 20 && told > 20, "seed \(seed): \(proved) proofs, \(told) counterexamples that were foreseen")
  }

  @Test("A schema does not differ from itself", arguments: [5, 6] as [UInt64])
  func identity(seed: UInt64) throws {
    var generator = CompatibilityGenerator(seed: seed)
    for _ in 0..<Self.pairsPerSeed {
      let text = generator.root().text
      guard let pair = Pair(text, text) else { continue }
      #expect(pair.comparison.changes == [], "seed \(seed): \(text)")
    }
  }
}
