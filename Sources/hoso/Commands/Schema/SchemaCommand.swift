import ArgumentParser
import Platform
import Schemas

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "The event types and what their data looks like.",
    subcommands: [List.self, Show.self, Add.self, Check.self, Diff.self])

  /// The types of a data directory, or the built-in ones where there is none.
  static func catalogue(_ data: DataOptions) throws -> SchemaCatalogue {
    try ShopSchemas(data.directory).catalogue()
  }
}

/// A schema as it is named on the command line: TYPE, TYPE@VERSION, or the path of a file.
struct SchemaWord {
  private let word: String

  init(_ word: String) { self.word = word }

  /// The schema of a type in the catalogue, the newest version where none is named.
  func text(in catalogue: SchemaCatalogue) throws -> SchemaText {
    let parts = word.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let versions = catalogue.versions(of: parts[0])
    guard let newest = versions.max() else { throw QueryError.unknownEntity("event type", parts[0]) }
    guard let version = parts.count > 1 ? Int(parts[1]) : newest,
      let text = catalogue.text(type: parts[0], version: version)
    else {
      throw QueryError.unknownEntity("version of \(parts[0])", parts.last ?? "")
    }
    return SchemaText(name: "\(parts[0])@\(version)", text: text)
  }

  /// The same, or the schema in a file.
  func textOrFile(in catalogue: SchemaCatalogue) throws -> SchemaText {
    let type = word.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)[0]
    if !catalogue.versions(of: String(type)).isEmpty { return try text(in: catalogue) }
    if let text = try TextFile.read(word) { return SchemaText(name: word, text: text) }
    throw DirectoryError("there is no event type '\(type)' and no file '\(word)'")
  }
}
