import ArgumentParser
import Events
import Platform
import Projections
import Scoring

extension CLVCommand {
  struct Fit: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "fit", abstract: "Fit the models to all customers and store them.",
      discussion: """
        BG/NBD, MBG/NBD, Pareto/NBD and NBD are fitted by maximum likelihood, and compared by how well they predict the \
        last third of the data from the rest; the best is used. Where the data do not tell that customers leave, NBD is. \
        The Gamma-Gamma model is fitted to what repeat orders are worth.
        """)

    @OptionGroup var data: DataOptions
    @Option(name: .customLong("as-of"), help: "Learn from what happened until the end of this day only.")
    var asOf: DayArgument?
    @Option(help: "What times are counted in: days, weeks or months. Only the parameters' size depends on it.")
    var unit: TimeUnit = .days
    @Option(help: "Use this model: bgnbd, mbgnbd, paretonbd or nbd.") var model: OrderModelKind?
    @Option(help: "table or json.") var format: TextFormat = .table

    func run() throws {
      let platform = try data.open(.writing)
      let query = try ReadModelQuery(platform)
      let watch = Stopwatch()
      try query.generation.read { snapshot in
        let buyers = try platform.buyers(asOf: asOf?.date, in: snapshot)
        LeftOut(buyers.withoutRate).warn()
        var fit = try CLVFitter(platform.configuration, unit: unit, wanted: model).fit(buyers, in: snapshot)
        fit.seconds = watch.seconds
        try platform.store(fit)
        let page = FitPage(fit)
        if format == .json { page.writeJSON() } else { page.writeTable() }
        for warning in fit.warnings { StandardError.write("Note: \(warning).\n") }
      }
    }
  }
}
