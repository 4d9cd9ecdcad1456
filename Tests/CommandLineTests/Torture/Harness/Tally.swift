import Foundation
import Synchronization
import Testing

/// What a suite counts and finds, from several threads.
final class Tally: Sendable {
  private let counts = Mutex<[String: Int]>([:])
  private let findings = Mutex<[String]>([])

  func add(_ count: Int = 1, to name: String) { counts.withLock { $0[name, default: 0] += count } }

  func raise(_ name: String, to count: Int) { counts.withLock { $0[name] = max($0[name] ?? 0, count) } }

  subscript(name: String) -> Int { counts.withLock { $0[name] ?? 0 } }

  /// Notes something that must not be. Threads of our own belong to no test, so it is reported later.
  func fail(_ what: String) { findings.withLock { $0.append(what) } }

  var hasFailed: Bool { findings.withLock { !$0.isEmpty } }

  /// Reports what was found, from the thread of the test.
  func report() {
    for finding in findings.withLock({ $0 }) { Issue.record("\(finding)") }
  }

  /// The line of figures: the given names first, whatever else was counted behind them.
  func line(_ names: [String]) -> String {
    let found = counts.withLock { $0 }
    let others = found.keys.filter { !names.contains($0) }.sorted()
    let failures = findings.withLock { $0.count }
    return "torture: " + (names + others).map { "\($0)=\(found[$0] ?? 0)" }.joined(separator: " ")
      + " failures=\(failures)"
  }
}
