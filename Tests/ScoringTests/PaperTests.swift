import Scoring
import Testing

/// What the papers print for the sample of CDNOW's customers: weeks, calibrated to 1997-09-30.
@Suite("Models fitted to CDNOW are those of the papers", .enabled(if: CDNOW.isThere, "\(CDNOW.hint)"))
struct PaperTests {
  private static let customers = CDNOW.customers(CDNOW.sample)
  private static let sample = RecencyFrequencySample(
    customers.map { CDNOW.figures($0, until: CDNOW.calibrationEnd) })

  @Test(
    "The likeliest parameters and their likelihood",
    arguments: [
      (OrderModelKind.bgNBD, [0.2425945, 4.4136020, 0.7929219, 2.4259064], -9582.429207),
      (.mbgNBD, [0.524843, 6.183086, 0.891359, 1.614002], -9582.135716),
      (.paretoNBD, [0.553277, 10.577683, 0.606240, 11.668734], -9594.976179),
    ])
  func parameters(_ kind: OrderModelKind, _ expected: [Double], _ logLikelihood: Double) {
    let fit = kind.fit(Self.sample, unit: .weeks)
    #expect(fit.estimate.hasConverged)
    #expect(abs(fit.estimate.logLikelihood - logLikelihood) < 1e-3)
    for (found, expected) in zip(fit.estimate.parameters, expected) {
      #expect(abs(found / expected - 1) < 1e-4, "\(kind.title): \(found), not \(expected)")
    }
  }

  @Test("The value of orders of the 946 customers with repeats")
  func value() throws {
    let values = Self.customers.map { days in
      let repeats = days.prefix { $0.day <= CDNOW.calibrationEnd }.dropFirst()
      let dollars = repeats.reduce(0.0) { $0 + Double($1.cents) } / 100
      return RepeatValue(repeats: repeats.count, mean: repeats.isEmpty ? 0 : dollars / Double(repeats.count))
    }
    #expect(values.count { $0.repeats > 0 } == 946)
    let estimate = try #require(GammaGamma.fit(RepeatValueSample(values)))
    #expect(estimate.hasConverged)
    #expect(abs(estimate.logLikelihood - -4055.917695) < 1e-3)
    for (found, expected) in zip(estimate.parameters, [6.249572, 3.744225, 15.443522]) {
      #expect(abs(found / expected - 1) < 1e-4, "\(found), not \(expected)")
    }
  }

  @Test("A customer with two repeats in 30.43 of 38.86 weeks orders 1.226 times in the next 39")
  func conditionalExpectation() {
    let model = OrderModelKind.bgNBD.fit(Self.sample, unit: .weeks).model
    let figures = RecencyFrequency(repeats: 2, recencyDays: 213, ageDays: 272)
    #expect(abs(model.expectedOrders(figures, days: 39 * 7) - 1.226028) < 1e-4)
  }

  @Test(
    "The next 39 weeks: orders expected, and the mean error for a customer",
    arguments: [
      (OrderModelKind.bgNBD, 1653.4, 0.7855), (.mbgNBD, 1576.7, 0.7648), (.paretoNBD, 1665.5, 0.7545),
    ])
  func holdout(_ kind: OrderModelKind, _ total: Double, _ error: Double) {
    let model = kind.fit(Self.sample, unit: .weeks).model
    var (expected, errors, actual) = (0.0, 0.0, 0)
    for days in Self.customers {
      let orders = days.count { $0.day > CDNOW.calibrationEnd && $0.day <= CDNOW.holdoutEnd }
      let prediction = model.expectedOrders(CDNOW.figures(days, until: CDNOW.calibrationEnd), days: 39 * 7)
      expected += prediction
      errors += abs(prediction - Double(orders))
      actual += orders
    }
    #expect(actual == 1882)
    #expect(abs(expected - total) < 0.06, "\(expected)")
    #expect(abs(errors / Double(Self.customers.count) - error) < 0.00006, "\(errors / 2357)")
  }

  @Test(
    "The likelihood of all 23,570 customers",
    arguments: [
      (OrderModelKind.bgNBD, -95368.4439), (.mbgNBD, -95336.9583), (.paretoNBD, -95415.1186),
    ])
  func everybody(_ kind: OrderModelKind, _ logLikelihood: Double) {
    let customers = CDNOW.customers(CDNOW.master)
    #expect(customers.count == 23_570)
    let sample = RecencyFrequencySample(customers.map { CDNOW.figures($0, until: CDNOW.calibrationEnd) })
    let estimate = kind.fit(sample, unit: .weeks).estimate
    #expect(abs(estimate.logLikelihood - logLikelihood) < 1e-3, "\(estimate.logLikelihood)")
  }
}
