import ArgumentParser
import Events
import Expressions
import Platform
import Projections

struct ProjectionCommand: ParsableCommand {
  static let name = "profiles"
  static let configuration = CommandConfiguration(
    commandName: "projection", abstract: "The generations of the read models.", subcommands: [List.self, Digest.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "List the generations.")

    @OptionGroup var data: DataOptions
    @Option(help: "table, json or csv.") var format: OutputFormat = .table

    func run() throws {
      let platform = try data.open(.reading)
      let live = try platform.generations.liveNumber()
      let fields: [Field<Int>] = [
        Field("name", "NAME", .text) { _ in .text(ProjectionCommand.name) },
        Field("generation", "GENERATION", .count) { Value($0) },
        Field("state", "STATE", .text) { .text($0 == live ? "live" : "kept") },
      ]
      var printer = RowPrinter(fields, format, zone: platform.configuration.timeZone) { _ in nil }
      for number in platform.generations.numbers() { try printer.add(number) }
      printer.finish(nothing: "There are no read models yet; 'hoso ingest' makes them.")
    }
  }

  struct Digest: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the digest of all rows: equal for equal sets of events, in whatever order they arrived.")

    @OptionGroup var data: DataOptions

    func run() throws {
      let platform = try data.open(.reading)
      guard let generation = try platform.openReadModels() else { throw QueryError.noReadModels }
      StandardOutput.shared.write("\(try generation.checkpoint().digest)\n")
    }
  }
}
