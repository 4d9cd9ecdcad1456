import FuzzTargets
import Testing

@Suite("Bytes of all kinds")
struct CorpusTests {
  @Test("Every input that the fuzzer kept is read or refused", arguments: FuzzTarget.all.map(\.name))
  func corpus(name: String) throws {
    let feed = try #require(FuzzTarget.named(name)).feeder()
    for path in ProjectFiles.paths(below: "Tests/Fuzzing/Corpus/" + name, ending: "") {
      #expect(throws: Never.self, "\(path)") { try feed(ProjectFiles.bytes(path)) }
    }
  }

  @Test("What the targets are begun with keeps their promises", arguments: FuzzTarget.all.map(\.name))
  func seeds(name: String) throws {
    let target = try #require(FuzzTarget.named(name))
    let feed = try target.feeder()
    let seeds = try target.seeds()
    #expect(!seeds.isEmpty)
    for (number, seed) in seeds.enumerated() {
      #expect(throws: Never.self, "seed \(number) of \(name)") { try feed(seed) }
    }
  }
}
