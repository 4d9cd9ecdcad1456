import ArgumentParser
import Events
import Expressions
import Platform
import Schemas

extension SchemaCommand {
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "diff",
      abstract: "Show what changed from one schema to another, and whether that breaks what was valid.",
      discussion: """
        breaking     events that were valid may be refused, or it cannot be proved that none is
        careful      a field is named for the first time: compatible unless senders already sent one of that name
        compatible   every event that was valid still is
        """)

    @OptionGroup var data: DataOptions
    @Argument(help: "The old schema: TYPE@VERSION, TYPE for its newest version, or a file.") var old: String
    @Argument(help: "The new schema, named likewise.") var new: String
    @Option(help: "table, json or csv.") var format: OutputFormat = .table

    func run() throws {
      let catalogue = try SchemaCommand.catalogue(data)
      let comparison = try catalogue.comparison(
        from: try SchemaWord(old).textOrFile(in: catalogue), to: try SchemaWord(new).textOrFile(in: catalogue))
      if comparison.changes.isEmpty, format == .table { return StandardOutput.shared.write("no difference\n") }
      var printer = RowPrinter(fields, format, zone: try Configuration.standard().timeZone) { _ in nil }
      for change in comparison.changes { try printer.add(change) }
      printer.finish(nothing: "")
    }

    private var fields: [Field<SchemaChange>] {
      let side = Field<SchemaChange>("schema", "SCHEMA", .text) { .text($0.side.rawValue) }
      let fields: [Field<SchemaChange>] = [
        Field("change", "CHANGE", .text) { .text($0.kind.rawValue) },
        Field("pointer", "POINTER", .text) { .text($0.pointer) },
        Field("what", "WHAT", .text) { .text($0.what) },
      ]
      return format == .table ? fields : fields + [side]
    }
  }
}
