import GeneratedEvents
import Glibc
import Scoring
import Testing

@Suite("What every model says")
struct ModelLawTests {
  /// From tiny to huge, as fits to little data are.
  private func models(_ seed: UInt64, _ count: Int) -> [any OrderModel] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).flatMap { _ in
      OrderModelKind.allCases.map { kind in
        let parameters = kind.parameterNames.map { _ in exp(Double.random(in: -9...9, using: &random)) }
        return kind.model(parameters, unit: random.pick(TimeUnit.allCases))
      }
    }
  }

  private static let figures = [
    RecencyFrequency.new, RecencyFrequency(repeats: 0, recencyDays: 0, ageDays: 4_000),
    RecencyFrequency(repeats: 1, recencyDays: 1, ageDays: 1),
    RecencyFrequency(repeats: 1, recencyDays: 1, ageDays: 5_000),
    RecencyFrequency(repeats: 300, recencyDays: 310, ageDays: 320),
    RecencyFrequency(repeats: 10_000, recencyDays: 10_000, ageDays: 10_000),
    RecencyFrequency(repeats: 10_000, recencyDays: 10_001, ageDays: 12_000),
  ]

  @Test(
    "is finite, and a probability where it is one, for ten thousand repeats as for none", arguments: [UInt64(1), 2, 3])
  func finite(_ seed: UInt64) {
    for model in models(seed, 40) {
      for figures in Self.figures {
        let alive = model.aliveProbability(figures)
        #expect((0...1).contains(alive), "\(model) \(figures): \(alive)")
        #expect(model.logLikelihood(figures).isFinite, "\(model) \(figures)")
        for days in [1.0, 90, 3_650] {
          let (orders, quiet) = (model.expectedOrders(figures, days: days), model.quietProbability(figures, days: days))
          #expect(orders >= 0 && orders.isFinite, "\(model) \(figures): \(orders)")
          #expect((0...1.000_000_1).contains(quiet), "\(model) \(figures): \(quiet)")
        }
      }
    }
  }

  @Test("grows with time: more orders, and less likely none", arguments: [UInt64(4), 5])
  func monotone(_ seed: UInt64) {
    for model in models(seed, 30) {
      for figures in Self.figures.prefix(5) {
        let times = [0.0, 1, 10, 100, 1_000]
        let orders = times.map { model.expectedOrders(figures, days: $0) }
        let quiet = times.map { model.quietProbability(figures, days: $0) }
        #expect(orders[0] == 0 && abs(quiet[0] - 1) < 1e-9)
        for (a, b) in zip(orders, orders.dropFirst()) { #expect(b >= a * (1 - 1e-7), "\(model) \(figures): \(orders)") }
        for (a, b) in zip(quiet, quiet.dropFirst()) { #expect(b <= a + 1e-9, "\(model) \(figures): \(quiet)") }
      }
    }
  }

  @Test("is the same by series as by integration over chances of leaving", arguments: [UInt64(6), 7])
  func series(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<300 {
      func parameter(_ range: ClosedRange<Double>) -> Double { exp(Double.random(in: range, using: &random)) }
      let (r, alpha, a, b) = (parameter(-3...1), parameter(0...4), parameter(-3...3), parameter(-2...4))
      let repeats = random.number(0..<30)
      let figures = RecencyFrequency(repeats: repeats, recencyDays: repeats * 2, ageDays: repeats * 3)
      let days = Double(random.number(1..<400))
      let model = OrderModelKind.mbgNBD.model([r, alpha, a, b], unit: .days)
      let mean = LeavingMean(
        k: r + Double(repeats), time: days / (alpha + Double(repeats * 3)), a: a, b: b + Double(repeats + 1)
      ).value
      let orders = model.ordersWhileAlive(figures, days: days)
      #expect(abs(orders / mean - 1) < 1e-9, "\(model) \(figures) \(days): \(orders), \(mean)")
    }
  }

  @Test("of the next order: by the median day, quiet and order are as likely")
  func median() throws {
    let model = OrderModelKind.paretoNBD.model([0.553, 10.6, 0.606, 11.7], unit: .weeks)
    let figures = RecencyFrequency(repeats: 5, recencyDays: 240, ageDays: 272)
    let days = try #require(model.medianDaysToNextOrder(figures, daysMax: 3_650))
    #expect(abs(model.quietProbability(figures, days: days) - 0.5) < 1e-3)
    let gone = RecencyFrequency(repeats: 5, recencyDays: 20, ageDays: 2_720)
    #expect(model.medianDaysToNextOrder(gone, daysMax: 3_650) == nil)
  }

  @Test("BG/NBD never doubts who ordered once, and so 1 - P(alive) is no churn risk; the quiet probability is")
  func onceOnly() {
    let model = OrderModelKind.bgNBD.model([0.24, 4.4, 0.79, 2.43], unit: .weeks)
    let (new, old) = (RecencyFrequency.new, RecencyFrequency(repeats: 0, recencyDays: 0, ageDays: 700))
    #expect(model.aliveProbability(new) == 1 && model.aliveProbability(old) == 1)
    #expect(model.quietProbability(old, days: 90) > model.quietProbability(new, days: 90))
  }

  @Test("Discounted, orders are worth less; without a discount, as many as expected")
  func discount() {
    let model = OrderModelKind.mbgNBD.model([0.52, 6.2, 0.89, 1.6], unit: .weeks)
    let figures = RecencyFrequency(repeats: 3, recencyDays: 200, ageDays: 272)
    let plain = model.discountedOrdersWhileAlive(figures, Horizon(days: 365, discountRate: 0))
    #expect(abs(plain - model.ordersWhileAlive(figures, days: 365)) < 1e-9)
    let less = model.discountedOrdersWhileAlive(figures, Horizon(days: 365, discountRate: 0.1))
    #expect(less < plain && less > plain / 1.1)
  }
}
