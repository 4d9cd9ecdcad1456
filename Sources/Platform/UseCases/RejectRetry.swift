import EventLog
import Intake

/// What a retry of quarantined documents did.
package struct RetrySummary: Sendable {
  /// Events that are in the log now.
  package private(set) var accepted = 0
  /// Events that were in the log already, and left the quarantine.
  package private(set) var duplicates = 0
  package private(set) var stillRejected = 0

  mutating func count(_ outcome: Ingest.RetryOutcome) {
    switch outcome {
    case .accepted: accepted += 1
    case .duplicate: duplicates += 1
    case .rejected: stillRejected += 1
    }
  }
}

extension Platform {
  /// Offers quarantined documents again, under the schemas and rules of today: all, or those with the given numbers.
  /// Those that are accepted, or are in the log by now, leave the quarantine; the others stay as they are. One durable
  /// transaction for each.
  package func retryRejects(_ numbers: Set<UInt64>?) throws -> RetrySummary {
    let ingest = Ingest(rules: try intakeRules())
    var summary = RetrySummary()
    try log.forEachReject { number, reject in
      if numbers?.contains(number) ?? true { summary.count(try ingest.retry(reject, number: number, in: log)) }
      return true
    }
    return summary
  }

  /// Deletes quarantined documents for good. Returns how many there were.
  package func dropRejects(_ numbers: [UInt64]) throws -> Int {
    try Ingest(rules: try intakeRules()).drop(numbers, from: log)
  }
}
