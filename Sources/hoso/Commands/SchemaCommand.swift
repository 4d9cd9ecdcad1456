import ArgumentParser
import Events
import Expressions
import Platform
import Schemas

struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema", abstract: "The event types and what their data looks like.",
    subcommands: [List.self, Show.self, Add.self, Check.self])

  /// The types of a data directory, or the built-in ones where there is none.
  private static func catalogue(_ data: DataOptions) throws -> SchemaCatalogue {
    try ShopSchemas(data.directory).catalogue()
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the event types.")

    @OptionGroup var data: DataOptions
    @Option(help: "table, json or csv.") var format: OutputFormat = .table

    func run() throws {
      let fields: [Field<SchemaCatalogue.Listing>] = [
        Field("type", "TYPE", .text) { .text($0.type) },
        Field("version", "VERSION", .count) { Value($0.version) },
        Field("origin", "ORIGIN", .text) { .text($0.isBuiltIn ? "built-in" : "own") },
        Field("title", "TITLE", .text) { .text($0.title) },
      ]
      let description = Field<SchemaCatalogue.Listing>("description", "DESCRIPTION", .text) { .text($0.description) }
      let configuration = try Configuration.standard()
      var printer = RowPrinter(format == .table ? fields : fields + [description], format, zone: configuration.timeZone)
      { _ in nil }
      for entry in try SchemaCommand.catalogue(data).list { try printer.add(entry) }
      printer.finish(nothing: "There are no event types.")
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the schema of an event type.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The type, with @VERSION for another than the newest; 'envelope' and 'common' are shown as well.")
    var type: String

    func run() throws {
      let catalogue = try SchemaCommand.catalogue(data)
      StandardOutput.shared.write(try text(catalogue))
    }

    private func text(_ catalogue: SchemaCatalogue) throws -> String {
      if type == "envelope" { return catalogue.envelopeText }
      if type == "common" { return catalogue.commonText }
      let parts = type.split(separator: "@", maxSplits: 1).map(String.init)
      let versions = catalogue.versions(of: parts[0])
      guard let newest = versions.max() else { throw QueryError.unknownEntity("event type", parts[0]) }
      guard let version = parts.count > 1 ? Int(parts[1]) : newest,
        let text = catalogue.text(type: parts[0], version: version)
      else {
        throw QueryError.unknownEntity("version of \(parts[0])", parts.last ?? "")
      }
      return text
    }
  }

  struct Add: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Add an event type of your own: a JSON Schema file with $id urn:hoso:schema:TYPE:VERSION.")

    @OptionGroup var data: DataOptions
    @Argument(help: "The file.") var file: String

    func run() throws {
      try data.directory.create()
      let schemas = ShopSchemas(data.directory)
      let added = try schemas.add(file, to: try schemas.catalogue())
      StandardOutput.shared.write("Added \(added.type) version \(added.version)\n")
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check every schema: the built-in ones, your own, and files that are named.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Schema files to check as if they were added.") var files: [String] = []

    func run() throws {
      var catalogue = try SchemaCommand.catalogue(data)
      for file in files {
        guard let text = try TextFile.read(file) else { throw DirectoryError("\(file): there is no such file") }
        catalogue = try catalogue.adding(text, name: file)
      }
      var lookup = SchemaLookup(catalogue)
      for entry in catalogue.list {
        var type = entry.type
        let isFound = type.withUTF8 { lookup.schema(type: $0, version: entry.version) != nil }
        guard isFound else { throw QueryError.unknownEntity("schema", "\(entry.type)@\(entry.version)") }
      }
      StandardOutput.shared.write("\(grouped(catalogue.list.count)) schemas are valid\n")
    }
  }
}
