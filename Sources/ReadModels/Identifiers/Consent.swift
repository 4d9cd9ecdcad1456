/// Whether a channel may be used to reach a person at one address, and how that came about.
///
/// Of many words the latest hundred are kept. The greatest of a set are those of the greatest of its parts, so parts
/// join in any order; and a word that is there already is not taken again.
package struct Consent: Hashable, Sendable {
  /// How many words are kept.
  package static let changesMax = 100

  package let channel: String
  /// The e-mail address or phone number that the events name; nil where they name none.
  package let address: String?
  /// What decides. It lies in place: most consents are given once.
  package private(set) var latest: ConsentChange
  /// Oldest first.
  private var earlier: [ConsentChange] = []

  init(_ change: ConsentChange, on channel: String, at address: String?) {
    self.channel = channel
    self.address = address
    latest = change
  }

  /// Nil where consent was deleted.
  package var granted: Bool? { latest.granted }

  /// The words, newest first. O(n).
  package var history: [ConsentChange] { [latest] + earlier.reversed() }

  /// Since when every kept word says the same as the latest. Microseconds since 1970. O(n).
  package var since: Int64 { history.prefix { $0.granted == granted }.last?.stamp.time ?? latest.stamp.time }

  /// The words in the order of their stamps.
  var changes: [ConsentChange] { earlier + [latest] }

  /// O(1) for the latest so far, O(n) for one that comes late.
  mutating func add(_ change: ConsentChange) {
    if latest.stamp < change.stamp {
      earlier.append(latest)
      latest = change
    } else if latest.stamp != change.stamp {
      insert(change)
    }
    if earlier.count >= Self.changesMax { earlier.removeFirst() }
  }

  private mutating func insert(_ change: ConsentChange) {
    let index = earlier.lastIndex { $0.stamp <= change.stamp }
    if let index, earlier[index].stamp == change.stamp { return }
    earlier.insert(change, at: index.map { $0 + 1 } ?? 0)
  }

  mutating func merge(_ other: Self) {
    for change in other.earlier { add(change) }
    add(other.latest)
  }

  /// The same with the deletions of all consents that came later than the first word that is kept.
  func with(deletions: Consent) -> Consent {
    let first = earlier.first ?? latest
    var consent = self
    for deletion in deletions.changes where first.stamp < deletion.stamp { consent.add(deletion) }
    return consent
  }
}
