import GeneratedEvents
import Scoring
import Testing

@Suite("Evaluation")
struct EvaluationTests {
  @Test("what is predicted exactly has no error and ranks best")
  func perfect() throws {
    let errors = PredictionErrors(expected: [0, 1, 2, 5], actual: [0, 1, 2, 5])
    #expect(errors.mae == 0 && errors.rmse == 0 && errors.expectedTotal == 8)
    let (gini, correlation) = (try #require(errors.gini), try #require(errors.correlation))
    #expect(abs(gini - 1) < 1e-12 && abs(correlation - 1) < 1e-12)
  }

  @Test("the same guess for all ranks like chance, whatever order customers are in", arguments: [UInt64(1), 2])
  func chance(_ seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let actual = (0..<50).map { _ in Double(random.number(0..<4)) }
    let errors = PredictionErrors(expected: actual.map { _ in 1 }, actual: actual)
    #expect(abs(try #require(errors.gini)) < 1e-12)
    #expect(errors.correlation == nil)
  }

  @Test("ranking backwards is as bad as ranking well is good")
  func backwards() throws {
    let actual = [0.0, 1, 2, 5]
    #expect(abs(try #require(PredictionErrors(expected: actual.map { -$0 }, actual: actual).gini) + 1) < 1e-12)
  }

  @Test("outcomes that are all the same cannot be ranked")
  func same() { #expect(PredictionErrors(expected: [1, 2], actual: [3, 3]).gini == nil) }

  @Test("groups and weeks add up to the totals")
  func sums() {
    var holdout = Holdout(days: 70)
    for repeats in 0..<12 {
      holdout.add(RecencyFrequency(repeats: repeats, recencyDays: repeats * 5, ageDays: 90), orders: repeats / 3)
    }
    let model = OrderModelKind.bgNBD.model([1, 30, 1, 5], unit: .days)
    let (errors, groups) = (holdout.errors(of: model), holdout.groups(by: model))
    #expect(groups.map(\.customers).reduce(0, +) == 12 && groups.last?.customers == 5)
    #expect(abs(groups.map(\.expected).reduce(0, +) - errors.expectedTotal) < 1e-9)
    #expect(groups.map(\.actual).reduce(0, +) == Int(errors.actualTotal))

    let tracking = Tracking(
      starts: [3, 0, 2], repeats: [0, 1, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 1], days: 14, model: model)
    #expect(tracking.weeks.map(\.actual) == [1, 6])
    let expected = 3 * model.expectedOrders(.new, days: 13) + 2 * model.expectedOrders(.new, days: 11)
    #expect(abs((tracking.weeks.last?.expected ?? 0) - expected) < 1e-9)
  }
}
