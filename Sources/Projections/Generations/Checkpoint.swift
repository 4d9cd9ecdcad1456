package import EventLog
package import Hashing
import ReadModels

/// How far a generation is, and figures that are kept current with it. Replaced in the transaction that folds.
package struct Checkpoint: Equatable, Sendable {
  /// Raised when the meaning or form of any row changes.
  package static let version = RowForm.current
  static let key = Array("checkpoint".utf8)
  /// Stands beside the checkpoint while the generation is being filled over several transactions.
  static let loadingKey = Array("loading".utf8)

  /// That of the rows.
  package internal(set) var version = Checkpoint.version
  /// By projection, what it was folded by; none for those that the generation has not.
  package internal(set) var versions = Dictionary(
    uniqueKeysWithValues: ProjectionName.allCases.map { ($0, $0.version) })
  /// All events up to here are folded.
  package internal(set) var position: Position = 0
  /// Over the rows of each table, whatever the order in which they were written.
  package internal(set) var digests = RowDigests()
  /// The digest of all rows, of a version that kept none of the tables.
  var undividedDigest: SetDigest?
  /// People by stage.
  package internal(set) var stages = [Int](repeating: 0, count: Person.Stage.allCases.count)
  /// Orders and credits that no identifier claims.
  package internal(set) var ordersWithoutOwner = 0
  package internal(set) var creditsWithoutOwner = 0
  /// Orders that count and have items.
  package internal(set) var baskets = 0

  init() {}
}

extension Checkpoint {
  /// How many people there are.
  package var people: Int { stages.reduce(0, +) }

  /// Whether this program can fold events into the rows: they are of its own version, and so is every projection.
  package var isCurrent: Bool {
    version == Checkpoint.version && ProjectionName.allCases.allSatisfy { isCurrent($0) }
  }

  /// Whether the rows of a projection are there and of the version that this program makes.
  package func isCurrent(_ name: ProjectionName) -> Bool {
    version == Checkpoint.version && versions[name] == name.version
  }

  /// Over all rows.
  package var digest: SetDigest { undividedDigest ?? digests.sum(of: RowTag.allCases) }

  /// Over the rows of a projection; nil where the generation has not got it.
  package func digest(of name: ProjectionName) -> SetDigest? {
    guard versions[name] != nil else { return nil }
    return undividedDigest ?? digests.sum(of: name.tags)
  }
}
