import Foundation
import Testing

/// Those who change the directory.
struct CrowdWriters {
  let crowd: CrowdedShop

  /// Takes one file after the other, each until that has succeeded. What is begun is completed when time is over, and
  /// then nobody is killed.
  func ingest(_ files: [String], seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    for file in files {
      if crowd.isOver { return }
      let isFolding = Bool.random(using: &random)
      while true {
        let words = ["ingest", "--format", "json"] + (isFolding ? [] : ["--no-project"])
        let isPiped = Bool.random(using: &random)
        let result = try crowd.run(
          words + [isPiped ? "-" : "@/" + file], input: isPiped ? "@/" + file : "/dev/null",
          killing: crowd.isOver ? 0 : 0.3, using: &random)
        guard let result else { continue }
        try acknowledge(file, result, isFolding: isFolding)
        break
      }
    }
  }

  private func acknowledge(_ file: String, _ result: Victim.Result, isFolding: Bool) throws {
    let answer = try result.json()
    crowd.tally.add((answer["accepted"].count ?? 0) + (answer["duplicates"].count ?? 0), to: "acknowledged")
    // An attempt that was killed may have added everything; then the answer names no position.
    let last = answer["last_position"].count ?? 0
    crowd.learn { known in
      known.acknowledged = max(known.acknowledged, last)
      if isFolding { known.folded = max(known.folded, last) }
      known.newest = file
      known.taken.append(file)
    }
  }

  /// Makes, promotes, takes back and drops generations.
  func rebuild(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    while !crowd.isOver {
      var choices = [["rebuild"], ["rebuild"], ["rebuild", "products"], ["rebuild", "--compare"], ["project"]]
      choices += [["projection", "digest", "--verify"], ["rebuild", "--no-promote"]]
      choices.append(["projection", "drop", "\(Int.random(in: 1...30, using: &random))"])
      guard let words = choices.randomElement(using: &random) else { continue }
      if try crowd.run(words, killing: 0.3, using: &random) != nil, words[0] == "rebuild" {
        crowd.tally.add(to: "rebuilds")
      }
      usleep(UInt32.random(in: 0...50_000, using: &random))
    }
  }

  /// Makes one backup after the other, each until that has succeeded.
  func backUp(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var number = 0
    while !crowd.isOver {
      let name = "backup\(number)"
      let atLeast = crowd.knowledge.acknowledged
      if crowd.shop.exists(name + "/log.mdb") {
        // The attempt that was killed was through with it.
        crowd.learn { $0.backups.append((name, 0)) }
        number += 1
      } else if try crowd.run(["log", "backup", "@/" + name], killing: 0.4, using: &random) != nil {
        crowd.learn { $0.backups.append((name, atLeast)) }
        crowd.tally.add(to: "backups")
        number += 1
      }
      usleep(UInt32.random(in: 0...100_000, using: &random))
    }
  }
}
