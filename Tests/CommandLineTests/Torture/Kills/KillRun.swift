import Foundation
import Testing

/// One run through a scenario's steps, in the course of which the program is killed and begun again.
struct KillRun {
  private let template: KillTemplate
  private let shop: Shop
  private let tally: Tally
  private let check: DirectoryCheck
  private let name: String
  private var random: SeededGenerator
  /// How many events the program has reported to be in the log.
  private var acknowledged: Int
  private var history: [String] = []

  init(_ template: KillTemplate, seed: UInt64, tally: Tally) throws {
    self.template = template
    self.tally = tally
    name = "\(template.scenario.name), seed \(seed)"
    random = SeededGenerator(seed: seed)
    shop = try template.shop.copy()
    check = DirectoryCheck(shop: shop, expected: template.expected, tally: tally)
    acknowledged = try LogContents(of: shop)?.count ?? 0
  }

  /// Kills at most so often.
  mutating func run(kills most: Int) throws {
    var left = most
    let steps = template.scenario.steps
    for number in steps.indices {
      // Some steps are killed again and again, others not at all.
      let kills = number == steps.count - 1 ? left : Int.random(in: 0...left, using: &random)
      left -= try perform(steps[number], number, kills: kills)
    }
    try check.atEnd(note)
  }

  /// Begins a step until it succeeds, and kills it at most so often. Returns how often it was.
  private mutating func perform(_ step: KillScenario.Step, _ number: Int, kills most: Int) throws -> Int {
    var kills = 0
    while true {
      let result = try attempt(step, number, isKilled: kills < most)
      guard !result.isKilled else {
        kills += 1
        try check.afterKill(acknowledged: acknowledged, note)
        continue
      }
      try #require(step.isDone(result), "\(note) \(result.description)")
      // What a command says to have added is acknowledged from then on. One that found everything there names no
      // position.
      for line in result.text.split(separator: "\n") where line.hasPrefix("{") {
        acknowledged = max(acknowledged, try Answer(parsing: line)["last_position"].count ?? 0)
      }
      return kills
    }
  }

  private var note: String { "\(name): \(history.joined(separator: "; ")):" }

  private mutating func attempt(_ step: KillScenario.Step, _ number: Int, isKilled: Bool) throws -> Victim.Result {
    let moment = self.moment(number)
    let start = Clock.now
    let victim = try shop.victim(step.words, input: step.input)
    if isKilled {
      moment.wait(for: victim, since: start)
      victim.signal(SIGKILL)
    }
    let result = try victim.result()
    if result.isKilled {
      history.append("\(step.words.joined(separator: " ")) killed \(moment)")
      note(moment, step: number)
    }
    return result
  }

  /// Two of three moments are even over the step, the others over what the step adds to a file.
  private mutating func moment(_ step: Int) -> Moment {
    let time = Moment.after(microseconds: Int.random(in: 0...template.durations[step], using: &random))
    guard Int.random(in: 0..<3, using: &random) == 0, let file = template.growth.randomElement(using: &random) else {
      return time
    }
    let bytes = Int.random(in: file.range, using: &random)
    return .grown(path: shop.path(in: "@/" + file.path), bytes: bytes)
  }

  /// Counts in which tenth of the step's undisturbed time it was.
  private func note(_ moment: Moment, step: Int) {
    tally.add(to: "kills")
    switch moment {
    case .after(let time): tally.add(to: "tenth\(min(9, time * 10 / max(1, template.durations[step])))")
    case .grown: tally.add(to: "at_growth")
    }
  }
}
