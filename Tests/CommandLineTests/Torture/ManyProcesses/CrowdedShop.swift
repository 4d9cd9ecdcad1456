import Foundation
import Synchronization

/// A shop on whose directory many programs work at once, and what is known of it by those who started them.
final class CrowdedShop: Sendable {
  struct Knowledge {
    /// The last position that a program acknowledged.
    var acknowledged = 0
    /// The last position that the read models had when a program that folds acknowledged it.
    var folded = 0
    /// The file that was acknowledged last.
    var newest: String?
    /// Files in the order in which they were acknowledged.
    var taken: [String] = []
    var backups: [(name: String, atLeast: Int)] = []
    /// What programs said that did not do their work, with how often they did.
    var refusals: [String: Int] = [:]
    /// What should not have been.
    var complaints: [String] = []
  }

  let shop: Shop
  let tally: Tally
  let note: String
  private let deadline: Double
  private let known = Mutex(Knowledge())

  /// What a program may say that has come at the wrong time.
  private static let legitimate = [
    "another rebuild is running", "there is no former generation", "is the live one", "there is no generation",
    "is being built", "was never finished", "there is no Hoso data", "was never completely created",
    "there are no read models yet",
  ]

  init(seconds: Double, tally: Tally, note: String) throws {
    shop = try Shop()
    self.tally = tally
    self.note = note
    deadline = Clock.now + seconds
  }

  var isOver: Bool { Clock.now >= deadline }

  var knowledge: Knowledge { known.withLock { $0 } }

  func learn(_ change: (inout Knowledge) -> Void) { known.withLock { change(&$0) } }

  /// Notes what should not be. It is reported in the end, because threads belong to no test.
  func expect(_ isRight: Bool, _ complaint: @autoclosure () -> String) {
    guard !isRight else { return }
    let text = String(complaint().prefix(1_500))
    learn { $0.complaints.append(text) }
  }

  /// Runs a program that is killed at a random moment, if at all. Nil where it was killed, or came at the wrong time.
  func run(
    _ words: [String], input: String = "/dev/null", killing share: Double, using random: inout SeededGenerator
  ) throws -> Victim.Result? {
    let victim = try shop.victim(words, input: input)
    let isKilled = Double.random(in: 0..<1, using: &random) < share
    if isKilled {
      // Most programs take so long on a busy machine.
      usleep(UInt32.random(in: 0...80_000, using: &random))
      victim.signal(SIGKILL)
    }
    // They wait for each other's locks.
    let result = try victim.result(within: 3 * Victim.secondsMax)
    tally.add(to: "programs")
    if isKilled, result.isKilled {
      tally.add(to: "kills")
      return nil
    }
    return judge(result)
  }

  /// What was not killed ends by itself, with success or with a sentence that says why not.
  private func judge(_ result: Victim.Result) -> Victim.Result? {
    guard let code = result.code else {
      expect(false, "ended by something else than a kill: \(result.description)")
      return nil
    }
    if code == 0 { return result }
    let isLegitimate = code == 1 && Self.legitimate.contains { result.errors.contains($0) }
    expect(isLegitimate, result.description + result.text.prefix(400))
    tally.add(to: "refusals")
    let reason = result.errors.replacing(/[0-9]+/, with: "N")
    learn { $0.refusals[reason, default: 0] += 1 }
    return nil
  }
}
