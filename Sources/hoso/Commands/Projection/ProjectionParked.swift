import ArgumentParser
import Events
import Expressions
import Platform
import Projections

extension ProjectionCommand {
  struct Parked: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "parked", abstract: "List the events that could not be folded into the read models, and why.")

    @OptionGroup var data: DataOptions
    @Option(help: "table, json or csv.") var format: OutputFormat = .table

    func run() throws {
      let platform = try data.open(.reading)
      let fields: [Field<ParkedEvent>] = [
        Field("position", "POSITION", .count) { Value(Int($0.position)) },
        Field("time", "TIME", .time) { .instant($0.entry.time) },
        Field("type", "TYPE", .text) { .text($0.entry.type) },
        Field("source", "SOURCE", .text) { .text($0.entry.source) },
        Field("id", "ID", .text) { .text($0.entry.id) },
        Field("reason", "REASON", .text) { .text($0.reason) },
      ]
      var printer = RowPrinter(fields, format, zone: platform.configuration.timeZone) { _ in nil }
      try platform.forEachParked { try printer.add($0) }
      printer.finish(nothing: "No event is parked: all could be folded.")
    }
  }

  struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retry",
      abstract: "Fold the events again that could not be folded: after an upcaster was mended, or with a newer hoso.",
      discussion: "The exit code is 3 where some still cannot be folded.")

    @OptionGroup var data: DataOptions

    func run() throws {
      let retry = try data.open(.writing).retryParked()
      StandardOutput.shared.write(
        "\(counted(retry.folded, "parked event")) folded, \(grouped(retry.stillParked)) still parked\n")
      if retry.stillParked > 0 { throw ExitStatus.doneWithProblems }
    }
  }
}
