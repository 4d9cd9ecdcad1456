import Synchronization

/// What evaluations note beside their values: things that went well enough to go on, and that somebody should know.
package final class EvaluationJournal: Sendable {
  package struct Entries: Sendable, Equatable {
    /// Sentences, one for each time that something happened.
    package var warnings: [String] = []
    /// Whether a time was asked for that depends on the delivery.
    package var askedForArrival = false

    package init() {}
  }

  private let entries = Mutex(Entries())

  package init() {}

  /// What was noted since the last call. O(1).
  package func take() -> Entries {
    entries.withLock { entries in
      defer { entries = Entries() }
      return entries
    }
  }

  func warn(_ sentence: String) { entries.withLock { $0.warnings.append(sentence) } }
  func noteArrival() { entries.withLock { $0.askedForArrival = true } }
}
