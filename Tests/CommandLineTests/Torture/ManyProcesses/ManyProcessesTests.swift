import Foundation
import Testing

@Suite("Many programs on one directory", .serialized) struct ManyProcessesTests {
  /// A directory is worked on for so long, so that beginnings are seen, too.
  private static let episodeSeconds = 15.0
  private static let linesOfEpisode = 8_000

  @Test("However many programs work at once and are killed, nothing is lost, and nobody sees less than before")
  func crowds() throws {
    let tally = Tally()
    let episodes = max(1, Int((Double(Effort.seconds) / Self.episodeSeconds).rounded()))
    for number in 0..<episodes {
      try episode(Double(Effort.seconds) / Double(episodes), seed: Effort.seed &* 1_000 &+ UInt64(number), tally)
    }
    print(tally.line(["programs", "kills", "acknowledged", "lost", "twice", "answers", "growth_percent"]))
  }

  private func episode(_ seconds: Double, seed: UInt64, _ tally: Tally) throws {
    let inputs = try Self.inputs(seed: seed)
    let crowd = try CrowdedShop(seconds: seconds, tally: tally, note: "seed \(seed):")
    let files = try write(inputs, to: crowd.shop, seed: seed)
    let (writers, reader) = (CrowdWriters(crowd: crowd), CrowdReader(crowd: crowd))
    try atOnce(
      [
        { try writers.ingest(files.filter { $0.hasPrefix("a") }, seed: seed + 1) },
        { try writers.ingest(files.filter { $0.hasPrefix("b") }, seed: seed + 2) },
        { try writers.rebuild(seed: seed + 3) },
        { try writers.backUp(seed: seed + 4) },
        { try reader.ask(seed: seed + 5) },
        { try reader.ask(seed: seed + 6) },
      ])
    try CrowdAftermath(crowd: crowd).check()
    for (refusal, count) in crowd.knowledge.refusals.sorted(by: { $0.key < $1.key }) where Effort.seconds > 60 {
      print("refused \(count) times: \(refusal)", terminator: "")
    }
  }

  /// Events that can all be taken, and now and then one that came before.
  private static func inputs(seed: UInt64) throws -> [String] {
    let shop = try Shop()
    try shop.file("all", try SimulatedEvents.lines(linesOfEpisode, seed: seed, customers: 1_500).joinedLines)
    _ = try shop.ask("ingest", "@/all", "--no-project")
    let taken = try shop.ask("log", "export").text.split(separator: "\n").map(String.init)
    var random = SeededGenerator(seed: seed)
    return taken.enumerated().flatMap { place, line in
      let isRepeated = Int.random(in: 0..<30, using: &random) == 0
      return isRepeated ? [line, taken[Int.random(in: 0...place, using: &random)]] : [line]
    }
  }

  /// Deals the lines out to small files of both writers.
  private func write(_ lines: [String], to shop: Shop, seed: UInt64) throws -> [String] {
    var random = SeededGenerator(seed: seed)
    var files: [String] = []
    var rest = lines[...]
    while !rest.isEmpty {
      let name = (files.count % 2 == 0 ? "a" : "b") + "\(files.count)"
      let count = Int.random(in: 5...80, using: &random)
      try shop.file(name, rest.prefix(count).map { $0 }.joinedLines)
      files.append(name)
      rest = rest.dropFirst(count)
    }
    return files
  }
}
