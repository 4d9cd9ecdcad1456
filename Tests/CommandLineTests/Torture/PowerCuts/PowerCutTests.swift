import Foundation
import Testing

@Suite("Power cuts")
struct PowerCutTests {
  private static let recorded = Result { try RecordedShop() }

  @Test("After a power cut at any moment every acknowledged event is there, once, and the rest can be made again")
  func powerCut() throws {
    let recorded = try Self.recorded.get()
    let tally = Tally()
    DispatchQueue.concurrentPerform(iterations: Effort.images) { number in
      Self.check(recorded, recorded.history, number, tally)
    }
    tally.report()
    print(tally.line(["images", "acknowledged", "lost", "twice"]))
  }

  @Test("A disk that forgets syncs loses acknowledged events, and these tests would see it")
  func forgetfulDisk() throws {
    let recorded = try Self.recorded.get()
    let tally = Tally()
    for number in 0..<20 where !tally.hasFailed { Self.check(recorded, recorded.forgetful, number, tally) }
    #expect(tally.hasFailed)
  }

  /// One image. The run is chosen before the step, so that short runs are not left out.
  private static func check(
    _ recorded: RecordedShop, _ history: DiskHistory, _ number: Int, _ tally: Tally
  ) {
    let seed = Effort.seed &+ UInt64(number)
    var generator = SeededGenerator(seed: seed)
    guard let run = recorded.runs.filter({ !$0.steps.isEmpty }).randomElement(using: &generator) else { return }
    let cut = Self.cut(in: run, of: history, &generator)
    tally.add(to: "images")
    do {
      let image = DiskImage(of: history, cut: cut, seed: seed)
      try ImageCheck(recorded, image, tally).run()
    } catch {
      tally.fail("seed \(seed): \(error)")
    }
  }

  /// A step of the run, or the one behind it, when all that it said was said. Often one beside a change of names: there
  /// are few of those, and much hangs on them.
  private static func cut(
    in run: RecordedShop.Run, of history: DiskHistory, _ generator: inout SeededGenerator
  ) -> Int {
    let last = min(run.steps.upperBound, history.steps.count - 1)
    let named = run.steps.filter { history.steps[$0].folder != nil }
    if Int.random(in: 0..<3, using: &generator) == 0, let step = named.randomElement(using: &generator) {
      return min(last, step + Int.random(in: 0...3, using: &generator))
    }
    return Int.random(in: run.steps.lowerBound...last, using: &generator)
  }
}
