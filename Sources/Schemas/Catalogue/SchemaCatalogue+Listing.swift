import JSON

extension SchemaCatalogue {
  /// A schema of the catalogue, described.
  package struct Listing: Hashable, Sendable {
    package let type: String
    package let version: Int
    package let title: String
    package let description: String
    package let isBuiltIn: Bool
  }

  /// All schemas, by type and version. Parses every one of them.
  package var list: [Listing] {
    let parser = JSONParser()
    return index.entries.map { entry in
      let (title, description) = Self.annotations(entry, parser)
      return Listing(
        type: entry.type, version: entry.version, title: title, description: description,
        isBuiltIn: entry.isBuiltIn)
    }
  }

  private static func annotations(_ entry: CatalogueEntry, _ parser: JSONParser) -> (String, String) {
    do {
      let root = try parser.parse(entry.text.utf8)
      return (root["title"]?.string ?? "", root["description"]?.string ?? "")
    } catch {
      // Built-in schemas are all parsed by the tests, a shop's own before it is added.
      fatalError("the schema \(entry.urn) is not JSON: \(error)")
    }
  }

  /// The versions of a type, oldest first; empty for an unknown one.
  package func versions(of type: String) -> [Int] {
    var type = type
    return type.withUTF8 { index.entries(of: $0) }.map { index.entries[$0].version }
  }

  /// The newest version of a type; nil for an unknown one. O(bytes), no allocation.
  package func newestVersion(of type: UnsafeBufferPointer<UInt8>) -> Int? {
    index.entries(of: type).last.map { index.entries[$0].version }
  }

  /// The text of a schema as it was written; nil for an unknown type or version.
  package func text(type: String, version: Int) -> String? {
    var type = type
    return type.withUTF8 { index.entry(type: $0, version: version) }.map { index.entries[$0].text }
  }
}
