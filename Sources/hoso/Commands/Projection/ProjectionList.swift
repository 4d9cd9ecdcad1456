import ArgumentParser
import Events
import Expressions
import Hashing
import Platform
import Projections

extension ProjectionCommand {
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the projections of every generation: how far they are, and their digests.",
      discussion: """
        States: live (questions are answered from it), ready (finished, not live), former (was live), building (a \
        process is at it), unfinished (left by a process that ended; the next rebuild removes it).
        """)

    @OptionGroup var data: DataOptions
    @Option(help: "table, json or csv.") var format: OutputFormat = .table

    func run() throws {
      let platform = try data.open(.reading)
      var printer = RowPrinter(Self.fields, format, zone: platform.configuration.timeZone) { _ in nil }
      for projection in try platform.projections() { try printer.add(projection) }
      printer.finish(nothing: "There are no read models yet; 'hoso ingest' makes them.")
    }

    private static var fields: [Field<ListedProjection>] {
      [
        Field("name", "NAME", .text) { .text($0.name.rawValue) },
        Field("generation", "GENERATION", .count) { Value($0.generation) },
        Field("state", "STATE", .text) { .text($0.state.rawValue) },
        Field("version", "VERSION", .count) { Value(count: $0.version) },
        Field("position", "POSITION", .count) { Value(count: $0.checkpoint?.position) },
        Field("lag", "LAG", .count) { Value(count: $0.lag) },
        Field("bytes", "BYTES", .count) { Value($0.bytes) },
        Field("people", "PEOPLE", .count) { Value(count: $0.name == .profiles ? $0.checkpoint?.people : nil) },
        Field("digest", "DIGEST", .text) { Value($0.digest?.description) },
      ]
    }
  }
}

extension Value {
  /// Null for nil.
  fileprivate init(count: (some BinaryInteger)?) { self = count.map { Value(Int($0)) } ?? .null }
}
