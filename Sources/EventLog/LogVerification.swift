package import Hashing
import KeyValueStore

/// What a check of the whole log found.
package struct LogVerification: Sendable {
  package struct Damage: Sendable {
    /// The first position that is concerned; 0 where it is none, as in the quarantine or the duplicate index.
    package let position: Position
    package let what: String
  }

  /// How many events could be read, in how many sealed blocks and the tail.
  package internal(set) var events: UInt64 = 0
  package internal(set) var blocks = 0
  package internal(set) var damage: [Damage] = []
  /// The digest recomputed from the events; meaningful when nothing is damaged.
  package internal(set) var digest = BLAKE2b.Digest.none

  init() {}

  /// What is known of a log that cannot be read as one: what stopped the reading, and what was found past it.
  package init(stoppedBy cause: String, _ salvage: borrowing Salvage) {
    events = salvage.foundCount
    blocks = salvage.blockCount
    damage = [Damage(position: salvage.lost.first?.lowerBound ?? 0, what: cause)]
    for range in salvage.lost {
      damage.append(
        Damage(position: range.lowerBound, what: "nothing is left of the events through \(range.upperBound)"))
    }
    if !salvage.isEndKnown {
      damage.append(Damage(position: salvage.last + 1, what: "whether there were events from here on is not known"))
    }
  }

  package var isIntact: Bool { damage.isEmpty }

  /// Notes what was thrown while the event at `position` was to be read.
  mutating func note(_ error: LogError, at position: Position) {
    switch error {
    case .damaged(let place, let what):
      damage.append(Damage(position: place > 0 ? place : position, what: what))
    case .store(let error):
      let table = error.table.map { "the table '\($0)'" } ?? "the file"
      damage.append(Damage(position: position, what: "\(table) cannot be read: \(error.reason)"))
    default: damage.append(Damage(position: position, what: error.description))
    }
  }
}

extension EventLog {
  /// Reads everything as it stands now, while others may append: checksums, gap-free positions, the digest chain, the
  /// tail, the duplicate index and the quarantine. `progress` gets how far it is and where it ends. O(log).
  ///
  /// Damage is a result, and is thrown only where nothing can be checked without what is damaged.
  package func verify(progress: (Position, Position) -> Void = { _, _ in }) throws(LogError) -> LogVerification {
    var check = try LogCheck(self)
    check.pages()
    check.blocks(progress: progress)
    check.end()
    check.rejects()
    check.duplicateIndex()
    return check.result
  }
}
