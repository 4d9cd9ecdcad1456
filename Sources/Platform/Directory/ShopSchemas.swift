package import Schemas
package import Upcasting

/// The shop's own event types, read when they are needed and added by command. Below `schemas/` of the data directory:
///
///     <type>/<version>.json             a schema
///     <type>/<version>.upcast.json      what leads events of the version before it to it
///     <type>/<version>.upcast.ndjson    examples of that
package struct ShopSchemas: Sendable {
  let directory: DataDirectory

  package init(_ directory: DataDirectory) { self.directory = directory }

  /// The built-in types and the shop's own. Throws when a file there cannot be read or is no valid schema.
  package func catalogue() throws -> SchemaCatalogue {
    var catalogue = SchemaCatalogue.builtIn
    for file in try files() {
      guard let text = try TextFile.read(file) else { continue }
      catalogue = try catalogue.adding(text, name: file)
    }
    return catalogue
  }

  /// The built-in upcasters and the shop's own. Throws when a file there cannot be read, or is wrong, or has no examples.
  package func upcasters(_ catalogue: SchemaCatalogue) throws -> Upcasters {
    var upcasters = Upcasters.builtIn
    for file in try files() {
      guard let files = try UpcasterFiles(beside: file) else { continue }
      upcasters = try upcasters.adding(
        file: files.upcaster, name: files.path, examples: files.examples, examplesName: files.examplesPath,
        catalogue: catalogue)
    }
    return upcasters
  }

  /// Paths of all schema files, by type and version. An upcaster without a schema beside it counts for nothing: it is
  /// what an addition left that did not come to its end.
  private func files() throws(DirectoryError) -> [String] {
    var files: [String] = []
    for type in try DirectoryListing.names(in: directory.schemas) {
      let folder = directory.schemas + "/" + type
      let versions = try DirectoryListing.names(in: folder).filter {
        $0.hasSuffix(".json") && !$0.hasSuffix(UpcasterFiles.suffix)
      }
      files += versions.sorted { (Int($0.dropLast(5)) ?? 0) < (Int($1.dropLast(5)) ?? 0) }.map { folder + "/" + $0 }
    }
    return files
  }
}

/// An upcaster and its examples, as they lie beside the schema that it leads to.
struct UpcasterFiles {
  static let suffix = ".upcast.json"

  /// Whether a file is an upcaster whose schema is named, too, as `*.json` does.
  static func isTakenAlong(_ path: String, with paths: [String]) -> Bool {
    path.hasSuffix(suffix) && paths.contains(path.dropLast(suffix.count) + ".json")
  }

  let path: String
  let upcaster: String
  let examplesPath: String
  /// Nil where there is no such file.
  let examples: String?

  /// Nil where no upcaster lies beside the schema file. The path may be that of the upcaster itself.
  init?(beside file: String) throws(DirectoryError) {
    let ending = [Self.suffix, ".json"].first { file.hasSuffix($0) } ?? ""
    let stem = String(file.dropLast(ending.count))
    path = stem + Self.suffix
    examplesPath = stem + ".upcast.ndjson"
    guard let upcaster = try TextFile.read(path) else { return nil }
    self.upcaster = upcaster
    examples = try TextFile.read(examplesPath)
  }
}
