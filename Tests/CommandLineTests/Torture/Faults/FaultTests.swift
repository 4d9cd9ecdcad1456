import Foundation
import Testing

@Suite("Faults of the system")
struct FaultTests {
  @Test("Whichever call fails, the program says so, loses nothing that it acknowledged, and goes on the next time")
  func everyCall() throws {
    let cases = Self.spread(try Self.commands())
    let chosen = cases.prefix(Effort.faults).map { $0 }
    let tally = Tally()
    DispatchQueue.concurrentPerform(iterations: chosen.count) { place in
      let (command, fault) = chosen[place]
      do { try FaultCheck(command: command, fault: fault, tally: tally).run() } catch {
        tally.fail("\(fault): \(error)")
      }
    }
    tally.report()
    print(tally.line(["faults", "acknowledged", "lost"]) + " possible=\(cases.count) seed=\(Effort.seed)")
  }

  /// All faults of all commands in random order, but first one of each kind and way for each command, then a second,
  /// and so on: there are many writes and few renames.
  private static func spread(_ commands: [FaultCommand]) -> [(FaultCommand, Fault)] {
    var generator = SeededGenerator(seed: Effort.seed)
    var ranked: [(rank: Int, command: FaultCommand, fault: Fault)] = []
    for command in commands {
      var ranks: [String: Int] = [:]
      for fault in command.faults.shuffled(using: &generator) {
        let rank = ranks[fault.kind + fault.way.word, default: 0]
        ranks[fault.kind + fault.way.word] = rank + 1
        ranked.append((rank, command, fault))
      }
    }
    ranked.shuffle(using: &generator)
    let ranks = Set(ranked.map { $0.rank }).sorted()
    return ranks.flatMap { rank in ranked.filter { $0.rank == rank }.map { ($0.command, $0.fault) } }
  }

  /// Everything that writes, on shops that are new and that have something to lose.
  private static func commands() throws -> [FaultCommand] {
    let lines = try SimulatedEvents.lines(180, seed: 7, customers: 250)
    let (first, second) = (lines[..<60].map { $0 }.joinedLines, lines[60...].map { $0 }.joinedLines)
    let (new, used, behind) = (try Shop(), try Shop(), try Shop())
    _ = try used.hoso("ingest", "-", input: first).successful
    _ = try behind.hoso("ingest", "-", input: first).successful
    _ = try behind.hoso("log", "backup", behind.folder.appendingPathComponent("backup").path).successful
    _ = try behind.hoso("ingest", "-", "--no-project", input: second).successful
    return [
      try FaultCommand(["ingest", "-"], input: first, before: new),
      try FaultCommand(["ingest", "-"], input: second, before: used),
      try FaultCommand(["project"], before: behind), try FaultCommand(["rebuild"], before: behind),
      try FaultCommand(["log", "backup", "@backup"], before: used),
      try FaultCommand(["log", "backup", "@backup"], before: behind),
    ]
  }
}
