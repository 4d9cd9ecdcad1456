/// What changed from one version of a schema to another, and whether every document that was valid still is.
///
/// The log is read from its start again and again, so a new version must accept what the old ones did. Whether it does
/// is proved keyword by keyword; what cannot be proved counts as breaking, never as compatible. The proof knows nothing
/// of arithmetic or of languages beyond one keyword: that all texts matching one pattern match another is not seen.
package struct SchemaComparison: Sendable {
  /// The worst first, then by pointer; empty where nothing differs.
  package let changes: [SchemaChange]

  /// - Parameter references: gives the text of a schema by its URI, for what the two refer to.
  /// - Throws: where one of the two does not compile. The error names it.
  ///
  /// O(old × new) for schemas without alternatives; alternatives multiply it up to a fixed number of steps, behind which
  /// the rest counts as unproved.
  package init(
    old: SchemaText, new: SchemaText, references: @escaping (String) -> String?
  ) throws(SchemaFileError) {
    let former = try ComparedSchema(old, references: references)
    let present = try ComparedSchema(new, references: references)
    var differences = SchemaDifferences()
    differences.compare(former.root.value, present.root.value)
    let proof = CompatibilityProof(from: former, to: present)
    changes = Self.merged(differences.changes, proof.obstacles())
  }

  /// Whether every document that was valid under the old schema is valid under the new one, fields apart that are only
  /// named now.
  package var isCompatible: Bool { changes.first?.kind != .breaking }

  package var breaking: [SchemaChange] { changes.filter { $0.kind == .breaking } }

  /// A difference at or below what keeps the schemas apart is part of it; any other does no harm, for nothing else was
  /// found in the way.
  private static func merged(_ differences: [SchemaChange], _ obstacles: [Obstacle]) -> [SchemaChange] {
    var changes = obstacles.map(\.change)
    for difference in differences where !obstacles.contains(where: { $0.stands(at: difference.pointer) }) {
      let kind = obstacles.filter { $0.covers(difference.pointer) }.map(\.change.kind).min() ?? .compatible
      changes.append(
        SchemaChange(kind: kind, pointer: difference.pointer, side: difference.side, what: difference.what))
    }
    var seen: Set<SchemaChange> = []
    return changes.filter { seen.insert($0).inserted }.sorted { ($0.kind, $0.pointer) < ($1.kind, $1.pointer) }
  }
}

extension SchemaCatalogue {
  /// What changed from one version of a type to another; nil where there is no such type or version.
  package func comparison(
    of type: String, from old: Int, to new: Int
  ) throws(SchemaFileError) -> SchemaComparison? {
    guard let former = text(type: type, version: old), let present = text(type: type, version: new) else { return nil }
    return try comparison(
      from: SchemaText(name: "\(type)@\(old)", text: former), to: SchemaText(name: "\(type)@\(new)", text: present))
  }

  /// What changed from one schema to another, which may refer to those of the catalogue.
  package func comparison(from old: SchemaText, to new: SchemaText) throws(SchemaFileError) -> SchemaComparison {
    try SchemaComparison(old: old, new: new, references: text(uri:))
  }

  private func text(uri: String) -> String? {
    switch uri {
    case SchemaURN.prefix + "common": return commonText
    case SchemaURN.prefix + "envelope": return envelopeText
    default:
      guard let (type, version) = SchemaURN.parts(uri) else { return nil }
      return text(type: type, version: version)
    }
  }
}
