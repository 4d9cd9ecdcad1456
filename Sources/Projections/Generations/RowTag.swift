package import Hashing
import ReadModels

/// The tables whose rows are digested, and the timelines. Storage format: never renumbered.
package enum RowTag: UInt64, CaseIterable, Sendable {
  case identifiers = 1
  case links, people, orders, tickets, messages, credits, timeline, decisions
  case products, pairs, campaigns

  /// The name of the table.
  package var name: String { "\(self)" }

  /// Which projection the rows are part of.
  package var projection: ProjectionName {
    switch self {
    case .identifiers, .links, .people, .orders, .tickets, .messages, .credits, .timeline, .decisions: .profiles
    case .products, .pairs: .products
    case .campaigns: .campaigns
    }
  }

  /// The first version of generations that have the table.
  var since: UInt32 {
    switch self {
    case .identifiers, .links, .people, .orders, .tickets, .messages, .credits, .timeline, .decisions:
      RowForm.oldestReadable
    case .products, .pairs, .campaigns: 3
    }
  }
}

/// A digest for each table. O(1) for all that is done with it.
package struct RowDigests: Equatable, Sendable {
  /// By the number of the table.
  private var sums = [SetDigest](repeating: SetDigest(), count: Self.count)

  private static let count = 1 + Int(RowTag.allCases.map(\.rawValue).max() ?? 0)

  /// The digest of the rows of one table.
  package subscript(tag: RowTag) -> SetDigest {
    get { sums[Int(tag.rawValue)] }
    set { sums[Int(tag.rawValue)] = newValue }
  }

  /// The digest of all rows of some tables.
  package func sum(of tags: some Sequence<RowTag>) -> SetDigest {
    tags.reduce(into: SetDigest()) { $0.add(self[$1]) }
  }
}
