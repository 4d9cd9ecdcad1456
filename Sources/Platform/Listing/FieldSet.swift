/// The fields of one kind of row.
package struct FieldSet<Row> {
  /// In the order in which they are shown.
  package let all: [Field<Row>]
  /// Fields whose names are open, such as a shop's own traits.
  private let dynamic: (String) -> Field<Row>?
  private let dynamicPrefixes: [String]
  private let index: [String: Int]

  /// Of fields with the same name only the first counts. `dynamic` gives fields whose names begin with one of
  /// `dynamicPrefixes`.
  package init(
    _ fields: [Field<Row>], dynamicPrefixes: [String] = [], dynamic: @escaping (String) -> Field<Row>? = { _ in nil }
  ) {
    let numbered = fields.enumerated().map { ($1.name, $0) }
    let first = Dictionary(numbered, uniquingKeysWith: { first, _ in first })
    all = fields.enumerated().filter { first[$1.name] == $0 }.map(\.element)
    index = Dictionary(uniqueKeysWithValues: all.enumerated().map { ($1.name, $0) })
    self.dynamic = dynamic
    self.dynamicPrefixes = dynamicPrefixes
  }

  /// The field of that name, or nil. O(1).
  package func field(named name: String) -> Field<Row>? {
    index[name].map { all[$0] } ?? dynamic(name)
  }

  /// Whether there are fields whose names begin so.
  func hasGroup(_ prefix: String) -> Bool {
    dynamicPrefixes.contains(prefix) || all.contains { $0.name.hasPrefix(prefix) }
  }

  /// The fields of those names, or the error that names an unknown one.
  package func fields(named names: [String]) throws(ListingError) -> [Field<Row>] {
    var found: [Field<Row>] = []
    for name in names {
      guard let field = field(named: name) else { throw unknown(name) }
      found.append(field)
    }
    return found
  }

  func unknown(_ name: String) -> ListingError {
    ListingError("there is no field '\(name)'; fields are \(all.map(\.name).joined(separator: ", "))")
  }
}

/// Words of a listing that make no sense.
package struct ListingError: Error, CustomStringConvertible {
  package let description: String

  package init(_ description: String) { self.description = description }
}
