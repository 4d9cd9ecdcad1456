import ArgumentParser
import Events
import Platform
import Projections
import ReadModels
import Scoring

extension CLVCommand {
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "What is expected of one person, and why.",
      discussion: "Ranges are those that the uncertainty of the parameters allows nine times out of ten.")

    @OptionGroup var data: DataOptions
    @Argument(help: "An identifier type:value, a value alone, or a person id.") var who: String
    @OptionGroup var horizon: HorizonOptions
    @Option(help: "table or json.") var format: TextFormat = .table

    func run() throws {
      let query = try ReadModelQuery(data)
      let (platform, configuration) = (query.platform, query.platform.configuration)
      let horizon = horizon.horizon(configuration.horizon)
      try query.generation.read { snapshot in
        let found = try ProfileLookup(configuration.identifiers).find(who, in: snapshot)
        let buyers = try platform.buyers(asOf: nil, in: snapshot)
        let fit = try platform.fit(for: buyers)
        guard let buyer = buyers.buyers.first(where: { $0.key == found.key }) else {
          throw ScoringError.noOrders(who: who, asOf: buyers.day.date)
        }
        let page = ForecastPage(PersonOutlook(buyer, buyers, fit, horizon), found, configuration)
        if format == .json { page.writeJSON() } else { page.writeTable() }
      }
    }
  }

  struct Top: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "top", abstract: "People by what is expected of them, the most first.",
      discussion:
        "As 'profile list' with the fields of scores. For example: hoso clv top --limit 10 --where \"stage = 'customer'\""
    )

    @OptionGroup var data: DataOptions
    @OptionGroup var options: ListingOptions

    func run() throws {
      let query = try ReadModelQuery(data)
      let (platform, configuration) = (query.platform, query.platform.configuration)
      try query.generation.read { snapshot in
        let buyers = try platform.buyers(asOf: nil, in: snapshot)
        let fit = try platform.fit(for: buyers)
        let scores = PersonScores(
          ScoredPopulation(buyers, configuration.rfm), fit, configuration, configuration.horizon)
        var chosen = options
        chosen.limit = options.limit ?? Natural(20)
        let runner = ListingRunner<FoundPerson>(
          options: chosen, fields: .people(configuration),
          defaults: [
            "person", "who", "clv", "clv.p_alive", "clv.expected_orders_90", "clv.order_value", "clv.next_order",
            "orders.count", "orders.net", "orders.last",
          ], currency: { PersonMoney($0.person.orders, configuration.exchange)?.currency })
        try runner.run(query, nothing: "Nobody.") { body in
          // In the order that is wanted already, so that only those who are shown need to be looked up.
          for key in buyers.ranked(by: fit.forecaster(configuration.horizon)) {
            guard let person = try snapshot.person(at: key) else { continue }
            guard try body(FoundPerson(key: key, person: person, scores: scores)) else { return }
          }
        }
      }
    }
  }
}
