import ArgumentParser
import Events
import Expressions
import Platform
import Schemas

extension SchemaCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the event types.")

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
}
