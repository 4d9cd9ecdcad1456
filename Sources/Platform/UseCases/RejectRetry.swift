import EventLog
import Intake

/// What a retry of quarantined documents did.
package struct RetrySummary: Sendable {
  package var accepted = 0
  package var duplicates = 0
  package var stillRejected = 0
}

extension Platform {
  /// Offers quarantined documents again, under the schemas and rules of today: all, or those with the given numbers.
  /// Those that are accepted, or are in the log by now, leave the quarantine; the others stay with their new reason.
  package func retryRejects(_ numbers: Set<UInt64>?) throws -> RetrySummary {
    let ingest = Ingest(rules: try intakeRules())
    var total = RetrySummary()
    try log.forEachReject { number, reject in
      guard numbers?.contains(number) ?? true else { return true }
      // What was too long to be kept whole cannot become an event.
      if reject.isTruncated {
        total.stillRejected += 1
        return true
      }
      switch try ingest.retry(reject, number: number, in: log) {
      case .accepted: total.accepted += 1
      case .duplicate: total.duplicates += 1
      case .rejected: total.stillRejected += 1
      }
      return true
    }
    return total
  }

  /// Deletes quarantined documents for good. Returns how many there were.
  package func dropRejects(_ numbers: [UInt64]) throws -> Int {
    try Ingest(rules: try intakeRules()).drop(numbers, from: log)
  }
}
