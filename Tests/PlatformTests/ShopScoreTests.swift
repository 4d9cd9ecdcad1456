import Events
import Glibc
import Identity
import Platform
import Projections
import ReadModels
import Scoring
import Testing

@Suite("Scores of a shop")
struct ShopScoreTests {
  /// Customers who order every so many days, some of whom stop, from the beginning of 2025.
  private static func orders(customers: Int, days: Int) -> [String] {
    (0..<customers).flatMap { customer -> [String] in
      let (pace, stop) = (5 + customer % 37 * 3, customer % 3 == 0 ? days / 3 : days)
      return stride(from: customer % 60, to: stop, by: pace).map { day in
        let date = CivilDate(daysSinceEpoch: 20_089 + day).iso
        return event(
          "\(customer)-\(day)", "order.placed", time: "\(date)T05:00:00Z", ids: #"{"customer_id":"C\#(customer)"}"#,
          data:
            #"{"order_id":"\#(customer)-\#(day)","currency":"VND","total":\#(1_000 * (10 + (customer * 7 + day) % 90)),"items":[]}"#
        )
      }
    }
  }

  private func fit(_ platform: Platform, _ model: OrderModelKind? = nil) throws -> CLVFit {
    try platform.ask { snapshot in
      try CLVFitter(platform.configuration, unit: .weeks, wanted: model).fit(
        try platform.buyers(asOf: nil, in: snapshot), in: snapshot)
    }
  }

  @Test("A fit that is stored is read back as it was")
  func storing() throws {
    let platform = try Shop().open(Self.orders(customers: 120, days: 300))
    let fit = try fit(platform)
    #expect(try platform.storedFit() == nil)
    try platform.store(fit)
    let read = try #require(try platform.storedFit())
    #expect(read.basis == fit.basis && read.chosen == fit.chosen && read.reason == fit.reason)
    #expect(read.candidates.map(\.fit.kind) == OrderModelKind.allCases)
    for (a, b) in zip(read.candidates, fit.candidates) {
      #expect(a.fit.estimate.parameters == b.fit.estimate.parameters)
      #expect(a.fit.estimate.covariance == b.fit.estimate.covariance)
    }
    #expect(read.gammaGamma?.parameters == fit.gammaGamma?.parameters && read.warnings == fit.warnings)
  }

  @Test("A stored fit that makes no sense is named, with what mends it")
  func damaged() throws {
    let platform = try Shop().open(Self.orders(customers: 20, days: 100))
    for text in ["", "{}", #"{"format":9}"#, "nonsense"] {
      try TextFile.replace(platform.directory.modelFile, by: text)
      let error = #expect(throws: ScoringError.self) { try platform.storedFit() }
      #expect(error?.description.contains("clv.json cannot be used") == true)
      #expect(error?.description.hasSuffix("'hoso clv fit' writes it anew") == true)
    }
  }

  @Test("Too few who came back are no basis for a model, and it says how many there are")
  func tooFew() throws {
    let once = (0..<30).map { order("\($0)", by: "c\($0)@example.com", total: "100000") }
    let error = #expect(throws: ScoringError.self) { try fit(try Shop().open(once)) }
    #expect(error?.description.contains("of 30 customers, 0 ordered on more than one day") == true)
    #expect(throws: ScoringError.self) { try fit(try Shop().open([])) }
    #expect(throws: ScoringError.self) { try fit(try Shop().open([order("1", total: "1")])) }
  }

  @Test("Orders that are all alike, or free, give numbers and no nonsense", arguments: ["100000", "0"])
  func alike(total: String) throws {
    let events = (0..<40).flatMap { customer in
      (0..<3).map { index in
        event(
          "\(customer)-\(index)", "order.placed", time: "2026-01-\(11 + 7 * index)T05:00:00Z",
          ids: #"{"customer_id":"C\#(customer)"}"#,
          data: #"{"order_id":"\#(customer)-\#(index)","currency":"VND","total":\#(total),"items":[]}"#)
      }
    }
    let platform = try Shop().open(events)
    let fit = try fit(platform)
    try platform.store(fit)
    #expect(fit.gammaGamma == nil && !fit.warnings.isEmpty)
    let generation = try #require(try platform.openReadModels())
    defer { generation.close() }
    try generation.read { snapshot in
      let scores = try platform.personScores(of: generation, in: snapshot)
      try snapshot.forEachPerson { key, person in
        let forecast = try #require(scores.forecast(key, person))
        #expect((0...1).contains(forecast.pAlive) && (0...1.0000001).contains(forecast.churnRisk))
        #expect(forecast.expectedOrders(days: 365).isFinite && forecast.expectedOrders(days: 365) >= 0)
        #expect(forecast.residual.minorUnits >= 0 && forecast.orderValue.decimalString == total)
        return true
      }
    }
  }

  @Test("Somebody's scores are those of the report, kept between questions and made anew after an event")
  func population() throws {
    let shop = try Shop()
    let platform = try shop.open(Self.orders(customers: 60, days: 200))
    func population() throws -> ScoredPopulation {
      let generation = try #require(try platform.openReadModels())
      defer { generation.close() }
      return try generation.read { try platform.population(of: generation, in: $0) }
    }
    let first = try population()
    let report = try platform.ask { RFMReport(try platform.buyers(asOf: nil, in: $0), platform.configuration.rfm) }
    #expect(first.cuts == report.cuts && first.day == report.day)
    let kept = try #require(try TextFile.read(platform.directory.cutsFile))
    #expect(try population() == first)
    try platform.take([order("new", by: "new@example.com", total: "990000000")], from: shop.parent)
    try platform.project()
    #expect(try population() != first)
    #expect(try TextFile.read(platform.directory.cutsFile) != kept)
    // What is in the way of a file is no harm: it is looked at everybody.
    try TextFile.replace(platform.directory.cutsFile, by: "nonsense")
    #expect(try population().day.date.iso == "2026-02-28")
  }

  @Test("People who move between segments are counted once, also who comes and who goes")
  func migration() throws {
    let platform = try Shop().open(Self.orders(customers: 90, days: 300))
    try platform.ask { snapshot in
      let from = try platform.buyers(asOf: CivilDate(iso: "2025-02-10"), in: snapshot)
      let to = try platform.buyers(asOf: CivilDate(iso: "2025-09-01"), in: snapshot)
      let migration = RFMMigration(from: from, to: to, platform.configuration.rfm)
      var (arrived, all) = (0, 0)
      for segment in migration.segments {
        for target in migration.segments {
          all += migration.count(from: segment, to: target)
          if segment == nil { arrived += migration.count(from: segment, to: target) }
        }
      }
      #expect(all == to.buyers.count && arrived == to.buyers.count - from.buyers.count)
    }
  }

  @Test("Cohorts count everybody once, and their months add up")
  func cohorts() throws {
    let platform = try Shop().open(Self.orders(customers: 90, days: 300))
    try platform.ask { snapshot in
      let cohorts = try Cohorts(asOf: nil, now: Platform.now(), platform.configuration, in: snapshot)
      let buyers = try platform.buyers(asOf: nil, in: snapshot)
      #expect(cohorts.cohorts.map(\.customers).reduce(0, +) == buyers.buyers.count && cohorts.day == buyers.day)
      let net = cohorts.cohorts.reduce(Int64(0)) { $0 + $1.net.reduce(0, +) }
      #expect(net == buyers.buyers.reduce(0) { $0 + $1.net })
      for cohort in cohorts.cohorts { #expect(cohort.active[0] == cohort.customers) }
      #expect(cohorts.cohorts.first?.month.iso == "2025-01-01")
    }
  }

  @Test("A holdout knows nothing of the days after it")
  func holdout() throws {
    let events = Self.orders(customers: 60, days: 300)
    // A refund after the calibration period of an order in it.
    let refund = event(
      "refund", "order.refunded", time: "2025-09-01T05:00:00Z", ids: #"{"customer_id":"C1"}"#,
      data: #"{"order_id":"1-1","amount":1000000,"currency":"VND"}"#)
    let platforms = [try Shop().open(events), try Shop().open(events + [refund])]
    let figures = try platforms.map { platform in
      try platform.ask { snapshot in
        try CLVEvaluation(
          calibrationEnd: try #require(CivilDate(iso: "2025-06-30")), holdoutEnd: nil, kinds: [.bgNBD], unit: .days,
          platform: platform, in: snapshot
        ).customers.holdout.figures
      }
    }
    #expect(figures[0] == figures[1] && figures[0].count == 60)
    #expect(throws: ScoringError.self) {
      try platforms[0].ask { snapshot in
        _ = try CLVEvaluation(
          calibrationEnd: try #require(CivilDate(iso: "2027-01-01")), holdoutEnd: nil, kinds: [.bgNBD], unit: .days,
          platform: platforms[0], in: snapshot)
      }
    }
  }
}
