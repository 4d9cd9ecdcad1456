import ArgumentParser
import Charts
import Events
import Platform
import Projections
import Scoring

extension CLVCommand {
  struct Evaluate: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "evaluate", abstract: "How well models predict days that they have not seen.",
      discussion: """
        Models are fitted to what was known at the end of the day --holdout, and held against what came until the last \
        order, or until --until. Details are those of --model, else of the model in use.

        For example: hoso clv evaluate --holdout 2025-12-31 --plot tracking.svg
        """)

    @OptionGroup var data: DataOptions
    @Option(help: "The last day that models know.") var holdout: DayArgument
    @Option(help: "The last day to compare (default: the day of the last order).") var until: DayArgument?
    @Option(help: "What times are counted in: days, weeks or months.") var unit: TimeUnit = .days
    @Option(help: "bgnbd, mbgnbd, paretonbd or nbd.") var model: OrderModelKind?
    @Option(help: "Also write weekly orders, expected and actual, as a picture in SVG.") var plot: String?
    @Option(help: "table, json or csv; csv has the weeks.") var format: OutputFormat = .table

    func run() throws {
      let query = try ReadModelQuery(data)
      let plot = try plot.map { try PlotFile($0) }
      try query.generation.read { snapshot in
        let chosen = try model ?? query.platform.storedFit()?.chosen ?? .bgNBD
        let evaluation = try CLVEvaluation(
          calibrationEnd: holdout.date, holdoutEnd: until?.date,
          kinds: format == .table && model == nil ? OrderModelKind.allCases : [chosen], unit: unit,
          platform: query.platform, in: snapshot)
        let page = EvaluationPage(evaluation, chosen)
        try plot?.write(page.picture.svg)
        page.write(format)
      }
    }
  }

  struct Matrix: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "matrix", abstract: "What the fitted model says, by how often and how recently somebody ordered.",
      discussion: """
        Of customers whose first order is as long ago as the data reach: rows are days from the first order to the last, \
        columns days with repeat orders.
        """)

    @OptionGroup var data: DataOptions
    @Option(help: "Orders expected within so many days.") var days: Natural = Natural(90)
    @Option(help: "Write both matrices as a picture in SVG.") var plot: String?
    @Option(help: "table, json or csv.") var format: OutputFormat = .table

    func run() throws {
      let platform = try data.open(.reading)
      let plot = try plot.map { try PlotFile($0) }
      guard let fit = try platform.storedFit() else { throw ScoringError.noFit }
      let age = fit.basis.asOf.daysSinceEpoch - fit.basis.firstOrder.daysSinceEpoch
      let matrix = ModelMatrix(fit.orders.model, ageDays: age, days: days.value)
      let page = MatrixPage(matrix, days: days.value, fit.chosen)
      try plot?.write(page.picture)
      page.write(format)
    }
  }
}
