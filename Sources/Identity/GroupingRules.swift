package import Events

/// The rules by which identifiers are grouped into people, by the rank of a type: 0 is the strongest, and types that the
/// configuration does not name share the rank behind all others.
package struct GroupingRules: Sendable {
  /// What makes a value shared: more than `max` values of a rank were seen with it.
  package struct Sharing: Sendable {
    package let rank: Int
    package let max: Int
  }

  private let types: [IdentifierType]
  /// By rank.
  private let sharing: [[Sharing]]
  private let allowed: [[Bool]]
  /// The ranks of which a person holds a limited number of values, and the numbers.
  package let limits: [(rank: Int, max: Int)]

  package init(_ types: [IdentifierType]) {
    self.types = types
    func rank(_ name: String) -> Int? { types.firstIndex { $0.name == name } }
    sharing = types.map { type in
      type.sharedAbove.compactMap { name, max in rank(name).map { Sharing(rank: $0, max: max) } }
        .sorted { $0.rank < $1.rank }
    }
    allowed = types.map { a in types.map { b in a.mayLink(with: b) && b.mayLink(with: a) } }
    limits = types.enumerated().compactMap { rank, type in type.limit.map { (rank, $0) } }
  }

  /// The rank of a type. O(types).
  package func rank(ofType name: String) -> Int { types.firstIndex { $0.name == name } ?? types.count }

  /// The limits above which a value of a rank is shared, by the rank of what it was seen with.
  package func sharing(_ rank: Int) -> [Sharing] { rank < sharing.count ? sharing[rank] : [] }

  /// The number of other values above which one of a rank is shared, whatever their types.
  package func linksMax(_ rank: Int) -> Int {
    rank < types.count ? types[rank].linksMax : IdentifierType.standardLinksMax
  }

  /// Whether values of two ranks may be linked at all.
  package func mayLink(_ a: Int, _ b: Int) -> Bool {
    guard a < allowed.count, b < allowed.count else { return true }
    return allowed[a][b]
  }
}

extension IdentifierType {
  fileprivate func mayLink(with other: IdentifierType) -> Bool { linksWith?.contains(other.name) ?? true }
}
