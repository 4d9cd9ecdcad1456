import Foundation
import Synchronization
import Testing

/// What came of damaged files, counted, and what should not have come of them.
final class DamageRecord: Sendable {
  enum Outcome: String { case reported, harmless, older }

  let tally = Tally()
  private let complaints = Mutex<[String: [String]]>([:])
  private static let shownMax = 6

  func note(_ outcome: Outcome) {
    tally.add(to: "cases")
    tally.add(to: outcome.rawValue)
  }

  /// - Parameter what: the kind of what went wrong; of each some examples are shown.
  func complain(_ what: String, _ example: @autoclosure () -> String) {
    tally.add(to: "wrong")
    let text = String(example().prefix(700))
    complaints.withLock { $0[what, default: []].append(text) }
  }

  /// Whether a program came to its end: not by a signal, and in time.
  func hasEnded(_ result: Victim.Result, _ damage: Damage) -> Bool {
    let command = result.words.prefix(2).joined(separator: " ")
    switch result.end {
    case .exited: return true
    case .hung:
      tally.add(to: "hangs")
      complain("\(command) hangs", "\(damage)")
    case .signalled(let signal):
      tally.add(to: "died")
      complain("\(command) died by signal \(signal)", "\(damage): \(result.errors)")
    }
    return false
  }

  /// Reports everything as issues of the test that calls.
  func report() {
    for (what, examples) in complaints.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      let shown = examples.prefix(Self.shownMax).joined(separator: "\n  ")
      Issue.record("\(examples.count) times: \(what)\n  \(shown)")
    }
  }
}
