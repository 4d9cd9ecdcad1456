import JSON

/// Whether schemas say the same, annotations apart and references followed.
///
/// A pair that is being compared further up is taken for the same: two schemas differ only if some way through both
/// leads to a difference.
struct SchemaSameness {
  private struct Pair: Hashable {
    let left, right: ObjectIdentifier
  }

  private var assumed: Set<Pair> = []

  static func isSame(_ left: SchemaReading, _ right: SchemaReading) -> Bool {
    var sameness = SchemaSameness()
    return sameness.compare(left, right)
  }

  private mutating func compare(_ left: SchemaReading, _ right: SchemaReading) -> Bool {
    if left === right { return true }
    guard assumed.insert(Pair(left: ObjectIdentifier(left), right: ObjectIdentifier(right))).inserted else {
      return true
    }
    guard left.isNever == right.isNever else { return false }
    let keywords = left.constrainingKeywords
    guard keywords == right.constrainingKeywords else { return false }
    for keyword in keywords where !compare(keyword, left, right) { return false }
    return true
  }

  private mutating func compare(_ keyword: String, _ left: SchemaReading, _ right: SchemaReading) -> Bool {
    if keyword == "$ref" { return compare(left.reference.map { [$0] } ?? [], right.reference.map { [$0] } ?? []) }
    switch SubschemaShape(keyword: keyword) {
    case .one: return compare([left.one(keyword)].compactMap(\.self), [right.one(keyword)].compactMap(\.self))
    case .list: return compare(left.list(keyword), right.list(keyword))
    case .named: return compare(left.named(keyword), right.named(keyword))
    case nil: return Self.isEqual(keyword, left, right)
    }
  }

  private mutating func compare(_ left: [SchemaReading], _ right: [SchemaReading]) -> Bool {
    guard left.count == right.count else { return false }
    for (mine, theirs) in zip(left, right) where !compare(mine, theirs) { return false }
    return true
  }

  private mutating func compare(_ left: [NamedReading], _ right: [NamedReading]) -> Bool {
    guard left.count == right.count else { return false }
    for (name, schema) in left {
      guard let other = right.first(where: { $0.name == name }), compare(schema, other.schema) else { return false }
    }
    return true
  }

  private static func isEqual(_ keyword: String, _ left: SchemaReading, _ right: SchemaReading) -> Bool {
    guard let mine = left.keywords[keyword], let theirs = right.keywords[keyword] else { return false }
    return mine.isEqual(to: theirs)
  }
}

extension SchemaReading {
  fileprivate var constrainingKeywords: Set<String> {
    Set(location.value.members.compactMap { $0.key.string }.filter(ConstrainingKeywords.contains))
  }
}
