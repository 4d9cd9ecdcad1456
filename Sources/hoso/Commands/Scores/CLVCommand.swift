import ArgumentParser
import Platform
import Scoring

struct CLVCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clv",
    abstract: "Customer lifetime value: who will order again, how often, and for how much.",
    discussion: """
      'clv fit' learns from all customers how orders come and stop, and stores what it learned. Everything else applies \
      that to each person's own orders of today. Days with several orders count once.
      """,
    subcommands: [Fit.self, Show.self, Top.self, Evaluate.self, Matrix.self])

  enum TextFormat: String, ExpressibleByArgument, CaseIterable { case table, json }
}

extension TimeUnit: ExpressibleByArgument {}
extension OrderModelKind: ExpressibleByArgument {}

/// How far ahead value is counted, where the command line says so.
struct HorizonOptions: ParsableArguments {
  @Option(help: "Over how many days value is counted (default: clv.horizon_days in hoso.yaml, else 365).")
  var horizon: Natural?
  @Option(help: "By how much value counts less a year later (default: clv.discount_rate in hoso.yaml, else 0.1).")
  var discount: Double?

  @Option(
    name: .customLong("churn-days"),
    help: "The churn risk is that of no order within so many days (default: clv.churn_days in hoso.yaml, else 90).")
  var churnDays: Natural?

  func validate() throws {
    if let churnDays, !(1...3650).contains(churnDays.value) {
      throw ValidationError("--churn-days is from 1 to 3650 days")
    }
    if let horizon, !(1...3650).contains(horizon.value) { throw ValidationError("--horizon is from 1 to 3650 days") }
    if let discount, !(0...10).contains(discount) { throw ValidationError("--discount is from 0 to 10 a year") }
  }

  func horizon(_ configured: Horizon) -> Horizon {
    Horizon(
      days: horizon?.value ?? configured.days, discountRate: discount ?? configured.discountRate,
      churnDays: churnDays?.value ?? configured.churnDays)
  }
}
