package import Schemas
package import Upcasting

/// Whether the whole log can be read by the newest version of every type.
///
/// Old events stay in the log, so each version of a type must lead to the newest: by upcasters, or because the newest
/// accepts what the older one did, or by upcasters up to such a version.
package struct SchemaEvolution: Sendable {
  private let catalogue: SchemaCatalogue
  private let upcasters: Upcasters

  package init(_ catalogue: SchemaCatalogue, _ upcasters: Upcasters) {
    self.catalogue = catalogue
    self.upcasters = upcasters
  }

  /// What is wrong, type by type; empty if nothing is. Compares schemas, so it takes as long as a few comparisons.
  package func problems() throws(SchemaFileError) -> [SchemaEvolutionProblem] {
    var problems: [SchemaEvolutionProblem] = []
    for type in Set(catalogue.list.map(\.type)).sorted() { problems += try self.problems(of: type) }
    return problems
  }

  /// Throws unless ``problems()`` is empty.
  package func requireSound() throws { try Self.refuse(try problems()) }

  /// Throws unless these types have no problems.
  func requireSound(_ types: Set<String>) throws {
    var problems: [SchemaEvolutionProblem] = []
    for type in types.sorted() { problems += try self.problems(of: type) }
    try Self.refuse(problems)
  }

  private static func refuse(_ problems: [SchemaEvolutionProblem]) throws(SchemaEvolutionError) {
    if !problems.isEmpty { throw SchemaEvolutionError(problems: problems) }
  }

  /// What is wrong with the versions of one type. One whose versions have a gap is looked at no further.
  package func problems(of type: String) throws(SchemaFileError) -> [SchemaEvolutionProblem] {
    let versions = catalogue.versions(of: type)
    for (index, version) in versions.enumerated() where version != index + 1 {
      return [.gap(type: type, version: version, missing: index + 1)]
    }
    guard let newest = versions.last else { return [] }
    var problems: [SchemaEvolutionProblem] = []
    // Versions that upcasters lead to the same one are refused for the same reasons.
    var reached: Set<Int> = [newest]
    for version in versions.dropLast() {
      let last = upcasters.chain(type: type, from: version).last ?? version
      guard reached.insert(last).inserted, let comparison = try catalogue.comparison(of: type, from: last, to: newest),
        !comparison.isCompatible
      else { continue }
      problems.append(.breaking(type: type, from: last, to: newest, changes: comparison.breaking))
    }
    return problems
  }
}

/// Why not all events of a type can be read by its newest version.
package enum SchemaEvolutionProblem: Sendable {
  case gap(type: String, version: Int, missing: Int)
  /// The changes are those that break.
  case breaking(type: String, from: Int, to: Int, changes: [SchemaChange])
}

extension SchemaEvolutionProblem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .gap(let type, let version, let missing):
      "version \(version) of \(type), but there is no version \(missing); versions are numbered 1, 2, 3 without a gap"
    case .breaking(let type, let from, let to, let changes):
      "version \(to) of \(type) may refuse what version \(from) accepts:\n"
        + changes.map { "  \(Self.line($0, from: from))\n" }.joined()
        + "add an upcaster beside it: \(from + 1).upcast.json, with its examples, \(from + 1).upcast.ndjson, "
        + "that leads from version \(from) to \(from + 1)"
    }
  }

  private static func line(_ change: SchemaChange, from version: Int) -> String {
    let place = change.pointer.isEmpty ? "the schema" : change.pointer
    return "\(place)\(change.side == .old ? " (in version \(version))" : ""): \(change.what)"
  }
}

/// Versions of event types that do not lead to their newest.
package struct SchemaEvolutionError: Error, CustomStringConvertible {
  package let problems: [SchemaEvolutionProblem]

  package var description: String { problems.map(\.description).joined(separator: "\n") }
}
