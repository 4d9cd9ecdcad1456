import GeneratedEvents
import Glibc
import Scoring
import Testing

@Suite("Derivatives of likelihoods", .serialized)
struct GradientTests {
  /// Customers of all sorts: new ones, silent ones, those who ordered a moment ago, and those who order every day.
  static func sample(_ random: inout SeededGenerator, _ count: Int) -> RecencyFrequencySample {
    RecencyFrequencySample(
      (0..<count).map { _ in
        let age = random.number(0..<700)
        guard age > 0, !random.oneIn(3) else { return RecencyFrequency(repeats: 0, recencyDays: 0, ageDays: age) }
        let recency = random.number(1..<(age + 1))
        return RecencyFrequency(
          repeats: random.number(1..<(min(recency, 40) + 1)), recencyDays: recency, ageDays: age)
      })
  }

  private func parameters(_ names: [String], _ random: inout SeededGenerator) -> [Double] {
    names.map { _ in exp(Double.random(in: -3...5, using: &random)) }
  }

  /// By central differences, relative to the size of what is summed.
  private func check(_ gradient: [Double], _ scale: Double, _ value: ([Double]) -> Double, at parameters: [Double]) {
    for index in parameters.indices {
      let step = 1e-5 * parameters[index]
      var (before, after) = (parameters, parameters)
      before[index] -= step
      after[index] += step
      let difference = (value(after) - value(before)) / (2 * step)
      #expect(
        abs(gradient[index] - difference) * parameters[index] <= 1e-5 * scale,
        "parameter \(index) of \(parameters): \(gradient[index]), by differences \(difference)")
    }
  }

  @Test("are what differences say", arguments: OrderModelKind.allCases, [UInt64(1), 2, 3])
  func orders(_ kind: OrderModelKind, _ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let sample = Self.sample(&random, 60)
      let parameters = parameters(kind.parameterNames, &random)
      let likelihood = kind.model(parameters, unit: .weeks).likelihood(of: sample)
      check(
        likelihood.gradient, abs(likelihood.logarithm) + 60,
        { kind.model($0, unit: .weeks).likelihood(of: sample).logarithm }, at: parameters)
    }
  }

  @Test("of the value of orders are what differences say", arguments: [UInt64(4), 5])
  func value(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<20 {
      let values = (0..<50).map { _ in
        RepeatValue(repeats: random.number(1..<30), mean: exp(Double.random(in: -2...8, using: &random)))
      }
      func model(_ p: [Double]) -> GammaGamma { GammaGamma(p: p[0], q: p[1], v: p[2]) }
      let parameters = parameters(GammaGamma.parameterNames, &random)
      let likelihood = model(parameters).likelihood(of: RepeatValueSample(values))
      check(
        likelihood.gradient, abs(likelihood.logarithm) + 50,
        { model($0).likelihood(of: RepeatValueSample(values)).logarithm }, at: parameters)
    }
  }

  @Test("and their sum do not depend on how rows are grouped", arguments: OrderModelKind.allCases)
  func weights(_ kind: OrderModelKind) {
    var random = SeededGenerator(seed: 6)
    let figures = (0..<9_000).map { _ in Self.sample(&random, 1).rows[0].figures }
    let model = kind.model(kind.parameterNames.map { _ in 1.5 }, unit: .weeks)
    let whole = model.likelihood(of: RecencyFrequencySample(figures))
    let single = figures.reduce(0.0) { $0 + model.logLikelihood($1) }
    #expect(abs(whole.logarithm / single - 1) < 1e-12)
  }
}
