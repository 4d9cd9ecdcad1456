import Scoring
import Testing

/// Against values to fifty digits that are integrated by definition.
@Suite("Functions agree with their definitions")
struct ReferenceTests {
  /// Relative to the expected value, or to 1 where that is smaller.
  private func expect(_ found: Double, near expected: Double, within tolerance: Double, _ row: [Double]) {
    #expect(abs(found - expected) <= tolerance * max(1, abs(expected)), "\(row): \(found)")
  }

  @Test("The digamma function and the logarithm of the gamma function")
  func gamma() {
    for row in ReferenceValues.digamma {
      expect(digamma(row[0]), near: row[1], within: 2e-15, row)
      expect(logGamma(row[0]), near: row[2], within: 2e-15, row)
    }
  }

  @Test("Likelihoods and the probability to be still there", arguments: [OrderModelKind.bgNBD, .mbgNBD, .paretoNBD])
  func likelihoods(_ kind: OrderModelKind) {
    let rows = [
      .bgNBD: ReferenceValues.bgNBD, .mbgNBD: ReferenceValues.mbgNBD, .paretoNBD: ReferenceValues.paretoNBD,
    ][kind, default: []]
    #expect(!rows.isEmpty)
    for row in rows {
      let model = kind.model(Array(row[..<4]), unit: .days)
      let figures = RecencyFrequency(repeats: Int(row[4]), recencyDays: Int(row[5]), ageDays: Int(row[6]))
      expect(model.logLikelihood(figures), near: row[7], within: 1e-12, row)
      expect(model.aliveProbability(figures), near: row[8], within: 1e-11, row)
    }
  }

  @Test("Expected orders", arguments: [OrderModelKind.bgNBD, .mbgNBD, .paretoNBD])
  func expectedOrders(_ kind: OrderModelKind) {
    let rows = [
      .bgNBD: ReferenceValues.bgNBDOrders, .mbgNBD: ReferenceValues.mbgNBDOrders,
      .paretoNBD: ReferenceValues.paretoNBDOrders,
    ][kind, default: []]
    #expect(!rows.isEmpty)
    for row in rows {
      let model = kind.model(Array(row[..<4]), unit: .days)
      let (figures, days) = (Self.atLastOrder(row), row[6])
      let orders = model.ordersWhileAlive(figures, days: days)
      #expect(abs(orders / row[7] - 1) < 1e-10, "\(row): \(orders)")
      if row.count > 8 {
        expect(model.quietProbabilityWhileAlive(figures, days: days), near: row[8], within: 1e-12, row)
      }
    }
  }

  private static func atLastOrder(_ row: [Double]) -> RecencyFrequency {
    RecencyFrequency(repeats: Int(row[4]), recencyDays: row[4] > 0 ? Int(row[5]) : 0, ageDays: Int(row[5]))
  }

  @Test("The Gamma-Gamma model")
  func gammaGamma() {
    for row in ReferenceValues.gammaGamma {
      let model = GammaGamma(p: row[0], q: row[1], v: row[2])
      let value = RepeatValue(repeats: Int(row[3]), mean: row[4])
      // With ten thousand repeats numbers of 100,000 are taken from each other.
      expect(
        model.likelihood(of: RepeatValueSample([value])).logarithm, near: row[5], within: row[3] > 1_000 ? 1e-9 : 1e-12,
        row)
      #expect(abs(model.expectedValue(value) / row[6] - 1) < 1e-12, "\(row)")
    }
  }

  @Test("Weeks and months are only other ways of counting", arguments: OrderModelKind.allCases)
  func units(_ kind: OrderModelKind) {
    // alpha and beta are times, r, s, a and b are none.
    let isTime = kind.parameterNames.map { $0 == "alpha" || $0 == "beta" }
    let figures = RecencyFrequency(repeats: 3, recencyDays: 100, ageDays: 160)
    let days = kind.model(kind.parameterNames.map { _ in 2.5 }, unit: .days)
    for unit in TimeUnit.allCases {
      let other = kind.model(isTime.map { $0 ? 2.5 / unit.days : 2.5 }, unit: unit)
      #expect(abs(days.aliveProbability(figures) - other.aliveProbability(figures)) < 1e-12)
      #expect(abs(days.expectedOrders(figures, days: 90) - other.expectedOrders(figures, days: 90)) < 1e-12)
      #expect(abs(days.quietProbability(figures, days: 90) - other.quietProbability(figures, days: 90)) < 1e-12)
    }
  }
}
