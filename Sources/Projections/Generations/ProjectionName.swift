import ReadModels

/// The read models of a generation that belong together: they are versioned, digested and named as one.
package enum ProjectionName: String, CaseIterable, Sendable {
  /// Identifiers, people, and what belongs to them.
  case profiles
  /// What was sold, by article.
  case products
  /// What was sent and what came of it, by campaign.
  case campaigns

  /// Raised when what is folded into the rows changes, or their form. The form of all rows is that of the profiles.
  package var version: UInt32 {
    switch self {
    case .profiles: RowForm.current
    case .products, .campaigns: 1
    }
  }

  /// The tables whose rows make up the projection's digest.
  var tags: [RowTag] { RowTag.allCases.filter { $0.projection == self } }
}
