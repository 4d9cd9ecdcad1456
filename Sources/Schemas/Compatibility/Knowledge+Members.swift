/// What is known about members and elements. The value is an object or an array here.
extension Knowledge {
  var required: Set<MemberName> { readings.reduce(into: []) { $0.formUnion($1.required) } }

  /// Every name that is spoken of.
  var mentionedNames: Set<MemberName> {
    readings.reduce(into: []) { names, reading in
      names.formUnion(reading.properties.map(\.name))
      names.formUnion(reading.required)
      for rest in reading.rests { names.formUnion(rest.names) }
    }
  }

  /// Whether members of that name were spoken of, be it in one of several alternatives.
  func names(_ name: MemberName) -> Bool { readings.contains { $0.names(name) } }

  /// What every member of that name obeys.
  func schemas(of name: MemberName) -> [SchemaReading] {
    readings.flatMap { reading in
      reading.properties.filter { $0.name == name }.map(\.schema)
        + reading.patterns.filter { $0.matches(name) }.map(\.schema)
        + reading.rests.filter { $0.covers(name) }.map(\.schema)
    }
  }

  /// What every member obeys whose name is not mentioned and matches none of the patterns.
  ///
  /// A rest that spares members by another pattern may spare these.
  func schemasOfOthers(beside patterns: [PatternReading]) -> [SchemaReading] {
    let sources = Set(patterns.map(\.source))
    return readings.flatMap(\.rests).filter { $0.patterns.allSatisfy { sources.contains($0.source) } }.map(\.schema)
  }

  /// What every member obeys whose name is not mentioned and matches the pattern.
  func schemasOfOthers(matching pattern: PatternReading) -> [SchemaReading] {
    readings.flatMap(\.patterns).filter { $0.source == pattern.source }.map(\.schema)
      + readings.flatMap(\.rests).filter(\.patterns.isEmpty).map(\.schema)
  }

  /// What the names of all members obey.
  var nameSchemas: [SchemaReading] { readings.compactMap { $0.one("propertyNames") } }

  /// Which names are there when another is.
  func dependents(of name: MemberName) -> Set<MemberName> {
    readings.reduce(into: required) { names, reading in
      for rule in reading.dependentNames where rule.name == name { names.formUnion(rule.required) }
    }
  }

  /// This, and what holds where a member of that name is there.
  func with(_ name: MemberName) -> Knowledge {
    readings.flatMap { $0.named("dependentSchemas") }.filter { $0.name == name }.reduce(self) { $0.and($1.schema) }
  }

  /// What the element at a position obeys.
  func schemas(at index: Int) -> [SchemaReading] { readings.flatMap(\.elements).compactMap { $0.schema(at: index) } }

  /// From here on all elements obey the same.
  var restStart: Int {
    readings.flatMap(\.elements).reduce(0) { max($0, $1.prefix.count, $1.restStart) }
  }
}

extension SchemaReading {
  /// Whether the schema, or one that applies to the same value, speaks of members of that name.
  fileprivate func names(_ name: MemberName) -> Bool {
    properties.contains { $0.name == name } || required.contains(name) || patterns.contains { $0.matches(name) }
      || dependentNames.contains { $0.name == name || $0.required.contains(name) }
      || named("dependentSchemas").contains { $0.name == name || $0.schema.names(name) }
      || inPlace.contains { $0.names(name) }
  }

  private var inPlace: [SchemaReading] {
    conjuncts + ["anyOf", "oneOf"].flatMap(list) + ["not", "if", "then", "else"].compactMap(one)
  }
}
