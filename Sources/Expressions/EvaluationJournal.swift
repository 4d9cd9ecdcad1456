import Synchronization

/// What evaluations note beside their values: things that went well enough to go on, and that somebody should know.
package final class EvaluationJournal: Sendable {
  /// What was noted since it was last taken.
  package struct Entries: Sendable, Equatable {
    /// Sentences, one for each time that something happened.
    package var warnings: [String] = []
    /// Whether a time was asked for that depends on the delivery.
    package var askedForArrival = false
    /// How many elements of lists were looked at.
    fileprivate var steps = 0

    package init() {}
  }

  /// How many elements of lists may be looked at before ``take()`` is called again.
  static let stepsMax = 10_000_000

  private let entries = Mutex(Entries())

  package init() {}

  /// What was noted since the last call. O(1).
  package func take() -> Entries {
    entries.withLock { entries in
      defer { entries = Entries() }
      return entries
    }
  }

  /// Counts elements of lists that are looked at. False when they are too many.
  func spend(_ count: Int) -> Bool {
    entries.withLock { entries in
      entries.steps += count
      return entries.steps <= Self.stepsMax
    }
  }

  /// Whether a time was asked for that depends on the delivery, since this was last asked.
  package func takeArrival() -> Bool {
    entries.withLock { entries in
      defer { entries.askedForArrival = false }
      return entries.askedForArrival
    }
  }

  func warn(_ sentence: String) { entries.withLock { $0.warnings.append(sentence) } }
  func noteArrival() { entries.withLock { $0.askedForArrival = true } }
}
