import GeneratedEvents
import Glibc
import Scoring
import Testing

@Suite("Fitting")
struct FitTests {
  /// Customers as the model has them: each with a rate and a chance of leaving of their own.
  private func customers(_ count: Int, seed: UInt64) -> [RecencyFrequency] {
    var random = SeededGenerator(seed: seed)
    return (0..<count).map { _ in
      // Gamma with shape 1 and beta with first shape 1 have inverses in closed form.
      let rate = -log(Double.random(in: 0.0001..<1, using: &random)) / 30
      let leaving = 1 - pow(Double.random(in: 0..<1, using: &random), 1 / 3.0)
      let age = random.number(100..<500)
      var (time, repeats, last) = (0.0, 0, 0)
      while true {
        if repeats > 0, Double.random(in: 0..<1, using: &random) < leaving { break }
        time += max(1, -log(Double.random(in: 0.0001..<1, using: &random)) / rate)
        guard time <= Double(age) else { break }
        (repeats, last) = (repeats + 1, max(repeats + 1, Int(time)))
      }
      return RecencyFrequency(repeats: repeats, recencyDays: last, ageDays: age)
    }
  }

  @Test("finds what customers were made of", arguments: [UInt64(1), 2])
  func recovery(_ seed: UInt64) throws {
    let estimate = OrderModelKind.bgNBD.fit(RecencyFrequencySample(customers(20_000, seed: seed)), unit: .days).estimate
    #expect(estimate.hasConverged)
    let errors = try #require(estimate.standardErrors)
    // r 1, alpha 30, a 1, b 3; days are whole, which moves rates by a little.
    for (found, (truth, error)) in zip(estimate.parameters, zip([1, 30, 1, 3.0], errors)) {
      #expect(abs(found - truth) < 4 * error + 0.05 * truth, "\(found), not \(truth) ±\(error)")
    }
  }

  @Test("is the same every time, and whatever order customers come in", arguments: OrderModelKind.allCases)
  func determinism(_ kind: OrderModelKind) {
    var figures = customers(6_000, seed: 3)
    let first = kind.fit(RecencyFrequencySample(figures), unit: .weeks).estimate
    var random = SeededGenerator(seed: 4)
    figures.shuffle(using: &random)
    let second = kind.fit(RecencyFrequencySample(figures), unit: .weeks).estimate
    #expect(first.parameters == second.parameters && first.logLikelihood == second.logLikelihood)
  }

  @Test("has no end in a sample that tells nothing, and yet gives numbers", arguments: OrderModelKind.allCases)
  func nothingToTell(_ kind: OrderModelKind) {
    let samples = [
      Array(repeating: RecencyFrequency(repeats: 2, recencyDays: 30, ageDays: 60), count: 50),
      Array(repeating: RecencyFrequency.new, count: 3), [RecencyFrequency(repeats: 1, recencyDays: 1, ageDays: 1)],
      Array(repeating: RecencyFrequency(repeats: 0, recencyDays: 0, ageDays: 90), count: 100),
    ]
    for figures in samples {
      let fit = kind.fit(RecencyFrequencySample(figures), unit: .days)
      #expect(fit.estimate.parameters.allSatisfy { $0 > 0 && $0.isFinite } && fit.estimate.logLikelihood.isFinite)
      #expect(fit.model.expectedOrders(figures[0], days: 365).isFinite)
    }
  }

  @Test("a year without anybody leaving: BG/NBD gains next to nothing over NBD")
  func noDropout() {
    var random = SeededGenerator(seed: 5)
    let figures = (0..<3_000).map { _ -> RecencyFrequency in
      let rate = -log(Double.random(in: 0.0001..<1, using: &random)) / 40
      var (time, days) = (0.0, [Int]())
      while true {
        time += max(1, -log(Double.random(in: 0.0001..<1, using: &random)) / rate)
        guard time <= 365 else { break }
        days.append(max(Int(time), days.count + 1))
      }
      return RecencyFrequency(repeats: days.count, recencyDays: days.last ?? 0, ageDays: 365)
    }
    let sample = RecencyFrequencySample(figures)
    let gain =
      OrderModelKind.bgNBD.fit(sample, unit: .days).estimate.logLikelihood
      - OrderModelKind.nbd.fit(sample, unit: .days).estimate.logLikelihood
    #expect(gain > -1e-3 && gain < 3, "\(gain)")
  }

  @Test("the value of orders needs three customers of different value")
  func value() {
    #expect(GammaGamma.fit(RepeatValueSample([])) == nil)
    #expect(GammaGamma.fit(RepeatValueSample(Array(repeating: RepeatValue(repeats: 2, mean: 10), count: 9))) == nil)
    #expect(
      GammaGamma.fit(RepeatValueSample([RepeatValue(repeats: 0, mean: 0), RepeatValue(repeats: 3, mean: 0)])) == nil)
  }

  @Test("the value of orders does not depend on the currency's size", arguments: [UInt64(6)])
  func currency(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    // Customers of different means, whose orders differ by a half.
    let values = (0..<400).map { _ in
      let (repeats, mean) = (random.number(1..<9), exp(Double.random(in: 2...5, using: &random)))
      let spread = Double.random(in: -0.8...0.8, using: &random) / Double(repeats).squareRoot()
      return RepeatValue(repeats: repeats, mean: mean * (1 + spread))
    }
    let (small, large) = (
      try #require(GammaGamma.fit(RepeatValueSample(values))),
      try #require(
        GammaGamma.fit(RepeatValueSample(values.map { RepeatValue(repeats: $0.repeats, mean: $0.mean * 25_000) })))
    )
    #expect(abs(small.parameters[0] / large.parameters[0] - 1) < 1e-4)
    #expect(abs(small.parameters[2] * 25_000 / large.parameters[2] - 1) < 1e-4)
  }
}
