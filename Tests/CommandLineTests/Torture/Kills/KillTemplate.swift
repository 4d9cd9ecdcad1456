import Foundation

/// A scenario's files before anything is killed, and what an undisturbed run makes of them.
struct KillTemplate {
  let scenario: KillScenario
  /// What is copied for each run.
  let shop: Shop
  let expected: Expectation
  /// How long each step takes, in microseconds.
  let durations: [Int]
  /// How large the watched files are before the steps and after them.
  let growth: [(path: String, range: ClosedRange<Int>)]

  init(_ scenario: KillScenario, seed: UInt64) throws {
    self.scenario = scenario
    let shop = try Shop()
    self.shop = shop
    try Self.writeInputs(to: shop, seed: seed)
    for words in scenario.before { try Self.run(.init(words: words), in: shop) }
    if let configuration = scenario.configuration { try shop.file("data/hoso.yaml", configuration) }
    let undisturbed = try Self.undisturbed(scenario, try shop.copy())
    durations = undisturbed.durations
    growth = undisturbed.growth
    expected = try Expectation(of: undisturbed.shop)
  }

  private static func undisturbed(
    _ scenario: KillScenario, _ shop: Shop
  ) throws -> (shop: Shop, durations: [Int], growth: [(path: String, range: ClosedRange<Int>)]) {
    func sizes() -> [Int] { scenario.watched.map { max(0, Moment.size(shop.path(in: "@/" + $0))) } }
    let start = sizes()
    var highest = start
    let durations = try scenario.steps.map { step in
      let begin = Clock.now
      try run(step, in: shop)
      highest = zip(highest, sizes()).map { max($0, $1) }
      return Int((Clock.now - begin) * 1e6)
    }
    let growth = zip(scenario.watched, zip(start, highest)).map { ($0, $1.0...max($1.0, $1.1)) }
    return (shop, durations, growth)
  }

  private static func run(_ step: KillScenario.Step, in shop: Shop) throws {
    let result = try shop.victim(step.words, input: step.input).result()
    guard step.isDone(result) else { throw Program.Failure(description: result.description) }
  }

  /// Four files of events with some lines that cannot be taken, one of events that fill blocks by their size, and a
  /// folder of small files.
  private static func writeInputs(to shop: Shop, seed: UInt64) throws {
    let pieces = SimulatedEvents.pieces(try SimulatedEvents.lines(2_600, seed: seed, spoiling: true), 4)
    for (number, piece) in pieces.enumerated() { try shop.file("\(number + 1)", piece) }
    let long = String(repeating: "0123456789abcdef", count: 1_250)
    try shop.file(
      "large", (0..<120).map { SampleEvent.page("l\($0)", data: "{\"url\":\"https://a.vn/\(long)\"}") }.joined())
    for (number, piece) in SimulatedEvents.pieces(try SimulatedEvents.lines(600, seed: seed), 12).enumerated() {
      let path = try shop.file("inbox/\(number).ndjson", piece)
      // The order in which they are taken is that of their times.
      let time = Date(timeIntervalSince1970: 1_700_000_000 + Double(number))
      try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
    }
  }
}
