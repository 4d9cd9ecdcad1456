import Foundation
import Testing

/// Between two calls of the system there may be less than a microsecond, which random moments seldom hit.
@Suite("A program that is killed before one of its calls", .serialized, .enabled(if: Strace.isThere))
struct CrashPointTests {
  @Test("It leaves the log whole and no file that is never removed, and can be begun again")
  func crashPoints() throws {
    let tally = Tally()
    var random = SeededGenerator(seed: Effort.seed)
    var scenarios = KillScenario.all
    scenarios.shuffle(using: &random)
    let most = max(4, Effort.kills / 2)
    // In a full run all scenarios, in a fast one a few points of two of them.
    let share = max(2, most / scenarios.count)
    for scenario in scenarios {
      let template = try KillTemplate(scenario, seed: Effort.seed)
      for place in scenario.steps.indices where tally["kills"] < most {
        var points = try self.points(of: template, step: place)
        tally.add(points.count, to: "points")
        points.shuffle(using: &random)
        for point in points.prefix(max(1, share / scenario.steps.count)) {
          try CrashPointRun(template: template, step: place, point: point, tally: tally).run()
        }
      }
      if tally["kills"] >= most { break }
    }
    print(tally.line(["kills", "acknowledged", "lost", "twice", "points"]))
  }

  private func points(of template: KillTemplate, step place: Int) throws -> [Strace.Point] {
    let shop = try template.shop.copy()
    let steps = template.scenario.steps
    for step in steps[..<place] { _ = try shop.victim(step.words, input: step.input).result() }
    let trace = shop.path(in: "@/trace")
    _ = try shop.traced(steps[place], to: trace).result()
    return Strace.points(in: try String(contentsOf: URL(fileURLWithPath: trace), encoding: .utf8))
  }
}

/// One run through a scenario's steps, of which one is killed once, at a chosen point.
private struct CrashPointRun {
  let template: KillTemplate
  let step: Int
  let point: Strace.Point
  let tally: Tally

  func run() throws {
    let shop = try template.shop.copy()
    let check = DirectoryCheck(shop: shop, expected: template.expected, tally: tally)
    for (place, step) in template.scenario.steps.enumerated() {
      let note = "\(template.scenario.name): \(step.words.joined(separator: " ")) killed at \(point):"
      let acknowledged = try LogContents(of: shop)?.count ?? 0
      if place == self.step, try shop.traced(step, to: "/dev/null", killingAt: point).result().isKilled {
        tally.add(to: "kills")
        try check.afterKill(acknowledged: acknowledged, note)
      }
      let result = try shop.victim(step.words, input: step.input).result()
      try #require(step.isDone(result), "\(note) \(result.description)")
    }
    try check.atEnd(
      "\(template.scenario.name): \(template.scenario.steps[step].words.joined(separator: " ")) at \(point):")
  }
}

extension Shop {
  fileprivate func traced(
    _ step: KillScenario.Step, to file: String, killingAt point: Strace.Point? = nil
  ) throws -> Victim {
    let words = Strace.words([Program.path] + step.words.map(path(in:)), to: file, killingAt: point)
    return try Victim(
      Array(words.dropFirst()), executable: words[0], data: data, input: path(in: step.input), in: folder)
  }
}
