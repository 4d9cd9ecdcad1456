import ArgumentParser
import Charts
import Platform
import Projections

struct CohortsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cohorts",
    abstract: "Customers by the month of their first order: who came back when, and what they brought.",
    discussion: """
      A row for each month in which customers ordered first, a column for each month since. Shown is the share of them who \
      ordered in that month, or with --net the net value of all their orders until its end.
      """)

  @OptionGroup var data: DataOptions
  @Option(name: .customLong("as-of"), help: "A day such as 2026-03-31.") var asOf: DayArgument?
  @Flag(help: "Show cumulative net value instead of retention.") var net = false
  @Option(help: "Also write a picture, as SVG.") var plot: String?
  @Option(help: "table, json or csv.") var format: OutputFormat = .table

  func run() throws {
    let query = try ReadModelQuery(data)
    try query.generation.read { snapshot in
      let cohorts = try Cohorts(
        asOf: asOf?.date, now: Platform.now(), query.platform.configuration, in: snapshot)
      LeftOut(cohorts.withoutRate).warn()
      let page = CohortsPage(cohorts, showsNet: net)
      if let plot { try PlotFile(plot).write(page.picture.svg) }
      page.write(format)
    }
  }
}

/// Where a picture is written to.
struct PlotFile {
  private let path: String

  /// Throws unless the name says that it is SVG.
  init(_ path: String) throws {
    guard path.hasSuffix(".svg") else {
      throw UsageError("--plot \(path): pictures are SVG; name the file so, such as plot.svg")
    }
    self.path = path
  }

  func write(_ svg: String) throws {
    try TextFile.replace(path, by: svg)
    StandardError.write("Wrote \(path)\n")
  }
}
