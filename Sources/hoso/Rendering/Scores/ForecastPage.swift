import Events
import Identity
import JSON
import Platform
import ReadModels
import Scoring
import UnicodeText

/// What is expected of one person, in words and figures.
struct ForecastPage {
  private let outlook: PersonOutlook
  private let found: FoundPerson
  private let configuration: Configuration
  private var forecast: PersonForecast { outlook.forecast }

  init(_ outlook: PersonOutlook, _ found: FoundPerson, _ configuration: Configuration) {
    self.outlook = outlook
    self.found = found
    self.configuration = configuration
  }

  func writeTable() {
    let terminal = Terminal.output
    let name = found.person.displayName ?? found.person.contacts.first?.identifier.value ?? "?"
    var text = terminal.bold(name.printable) + "  " + terminal.dim(found.id.description) + "\n\n"
    for (label, value) in facts { text += Self.line(label, value) }
    text += "\n" + terminal.bold("Why") + "\n"
    for sentence in reasons { text += "  \(sentence).\n" }
    StandardOutput.shared.write(text)
  }

  private static func line(_ label: String, _ value: String) -> String {
    label + String(repeating: " ", count: max(1, 14 - displayWidth(of: label))) + value.printable + "\n"
  }

  private var facts: [(String, String)] {
    let range = outlook.range.map { ", from \(AmountFormat.text($0.low)) to \(AmountFormat.text($0.high))" } ?? ""
    return [
      ("Value", "\(AmountFormat.text(forecast.residual)) expected in the next \(outlook.horizon.days) days\(range)"),
      ("", "\(AmountFormat.text(forecast.historic)) so far; \(AmountFormat.text(forecast.total)) together"),
      ("Alive", percentText(forecast.pAlive)),
      (
        "Orders",
        "\(decimalText(forecast.expectedOrders(days: 30), decimals: 2)) in 30 days, \(decimalText(forecast.expectedOrders(days: 90), decimals: 2)) in 90, \(decimalText(forecast.expectedOrders(days: 365), decimals: 2)) in 365"
      ),
      ("Churn risk", "\(percentText(forecast.churnRisk)) to order nothing within \(forecast.churnDays) days"),
      (
        "Next order",
        forecast.nextOrder.map { "by \($0.iso), as likely as not" } ?? "likelier never than within ten years"
      ),
      ("An order", AmountFormat.text(forecast.orderValue)),
      (
        "As of",
        "\(outlook.day.date.iso), by \(outlook.fit.chosen.title) fitted to \(grouped(outlook.fit.basis.customers)) customers as of \(outlook.fit.basis.asOf.iso)"
      ),
    ]
  }

  /// What drives the numbers: orders, recency, age, value, and the others who came at the same time.
  private var reasons: [String] { [rhythm, silence, value] + [cohort].compactMap { $0 } }

  private var rhythm: String {
    let figures = forecast.figures
    guard let between = outlook.daysBetween else {
      return
        "Ordered on one day, \(counted(figures.ageDays, "day")) ago, so nothing is known of how often they come back"
    }
    return
      "Ordered on \(counted(figures.repeats + 1, "day")) within \(counted(figures.ageDays, "day")), every \(decimalText(between, decimals: 1)) days on average"
  }

  private var silence: String {
    let figures = forecast.figures
    let quiet = figures.ageDays - figures.recencyDays
    guard quiet > 0 else { return "The last order was on that day" }
    var words = "The last order was \(counted(quiet, "day")) ago"
    if let between = outlook.daysBetween, between > 0 {
      words += ", \(decimalText(Double(quiet) / between, decimals: 1)) times as long as usual"
    }
    guard outlook.fit.chosen != .nbd else { return words + "; by NBD nobody leaves for good" }
    return words + "; the probability that they have not left is \(percentText(forecast.pAlive))"
  }

  private var value: String {
    guard let own = outlook.ownValue else {
      return
        "No repeat order says what theirs are worth, so one is taken to be worth \(AmountFormat.text(forecast.orderValue)), as everybody's"
    }
    return
      "Repeat orders were worth \(AmountFormat.text(own)) on average; between that and everybody's \(AmountFormat.text(outlook.newcomerValue)), \(AmountFormat.text(forecast.orderValue)) is expected"
  }

  private var cohort: String? {
    guard let cohort = outlook.cohort, let ahead = cohort.ahead else { return nil }
    return
      "Of the \(counted(cohort.customers - 1, "other")) who came in \(cohort.month.iso.prefix(7)), \(percentText(ahead)) are worth less; the mean of all is \(decimalText(cohort.orders, decimals: 2)) orders, \(AmountFormat.text(cohort.net)) so far and \(AmountFormat.text(cohort.residual)) to come"
  }

  func writeJSON() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("person", found.id.description)
    writer.member("as_of", outlook.day.date.iso)
    writer.member("model", outlook.fit.chosen.rawValue)
    writer.member("fit_as_of", outlook.fit.basis.asOf.iso)
    writer.member("fit_first_order", outlook.fit.basis.firstOrder.iso)
    writer.member("fit_last_order", outlook.fit.basis.lastOrder.iso)
    writer.member("horizon_days", outlook.horizon.days)
    writer.member("discount_rate", outlook.horizon.discountRate)
    writer.member("repeats", forecast.figures.repeats)
    writer.member("recency_days", forecast.figures.recencyDays)
    writer.member("age_days", forecast.figures.ageDays)
    writer.write(forecast)
    writer.member("clv_low", outlook.range?.low.decimalString)
    writer.member("clv_high", outlook.range?.high.decimalString)
    writer.key("cohort")
    if let cohort = outlook.cohort { write(cohort, &writer) } else { writer.null() }
    writer.key("why")
    writer.beginArray()
    for reason in reasons { writer.value(reason) }
    writer.endArray()
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }

  private func write(_ cohort: CohortComparison, _ writer: inout JSONWriter) {
    writer.beginObject()
    writer.member("month", String(cohort.month.iso.prefix(7)))
    writer.member("customers", cohort.customers)
    writer.member("orders", cohort.orders)
    writer.member("net", cohort.net.decimalString)
    writer.member("clv", cohort.residual.decimalString)
    writer.member("ahead_of", cohort.ahead)
    writer.endObject()
  }
}

extension JSONWriter {
  /// The members of a forecast, with the names of the contract.
  mutating func write(_ forecast: PersonForecast) {
    member("p_alive", forecast.pAlive)
    member("expected_orders_30", forecast.expectedOrders(days: 30))
    member("expected_orders_90", forecast.expectedOrders(days: 90))
    member("expected_orders_365", forecast.expectedOrders(days: 365))
    member("churn_risk", forecast.churnRisk)
    member("churn_days", forecast.churnDays)
    member("next_order", forecast.nextOrder?.iso)
    member("order_value", forecast.orderValue.decimalString)
    member("historic", forecast.historic.decimalString)
    member("clv", forecast.residual.decimalString)
    member("total", forecast.total.decimalString)
    member("currency", forecast.residual.currency.code)
  }
}
