import Foundation
import Testing

@Suite("A program that is killed", .serialized) struct KillTests {
  /// A run is killed at most so often before it may end.
  private static let killsOfRun = 4

  @Test("Whatever is killed at whatever moment, it loses and doubles nothing, and can be begun again")
  func kills() throws {
    let tally = Tally()
    var templates: [KillTemplate?] = KillScenario.all.map { _ in nil }
    var number = 0
    while tally["kills"] < Effort.kills {
      // A few kills go to a few scenarios; which ones, the seed says.
      let place = (number + Int(Effort.seed % 1_000)) % templates.count
      let template = try templates[place] ?? KillTemplate(KillScenario.all[place], seed: Effort.seed)
      templates[place] = template
      var run = try KillRun(template, seed: Effort.seed &* 1_000_000 &+ UInt64(number), tally: tally)
      try run.run(kills: min(Self.killsOfRun, Effort.kills - tally["kills"]))
      number += 1
    }
    print(tally.line(["kills", "acknowledged", "lost", "twice", "at_growth"]))
  }

  @Test("Whoever follows a growing file and is killed goes on where it stood: nothing is missing, nothing is twice")
  func following() throws {
    let tally = Tally()
    var number: UInt64 = 0
    while tally["kills"] < (Effort.kills + 4) / 5 {
      try FollowKillRun(seed: Effort.seed &* 1_000_000 &+ number, tally: tally).run()
      number += 1
    }
    print(tally.line(["kills", "acknowledged", "lost", "twice"]))
  }
}
