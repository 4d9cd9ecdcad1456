import Charts
import Events
import JSON
import Platform

/// Cohorts as a table that is coloured like a heat map, as JSON, CSV or a picture.
struct CohortsPage {
  private let cohorts: Cohorts
  private let showsNet: Bool

  init(_ cohorts: Cohorts, showsNet: Bool) {
    self.cohorts = cohorts
    self.showsNet = showsNet
  }

  private func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: cohorts.currency) }
  private static func name(_ month: CivilDate) -> String { String(month.iso.prefix(7)) }
  private var monthsMax: Int { cohorts.cohorts.map(\.active.count).max() ?? 0 }

  func write(_ format: OutputFormat) {
    switch format {
    case .table: writeTable()
    case .csv: writeCSV()
    case .json: writeJSON()
    }
  }

  private func writeTable() {
    // The first month of a cohort is all of it; what comes back is compared with what comes back elsewhere.
    let most =
      cohorts.cohorts.flatMap { cohort in cohort.active.indices.dropFirst().map { value(cohort, $0) } }.max() ?? 0
    var grid = HeatGrid(.output, columns: ["CUSTOMERS"] + (0..<monthsMax).map { "\($0)" })
    for cohort in cohorts.cohorts where cohort.customers > 0 {
      let cells = cohort.active.indices.map { month in
        HeatGrid.Cell(
          lines: [text(cohort, month)],
          share: month == 0 && !showsNet ? nil : HeatGrid.share(min(value(cohort, month), most), of: most))
      }
      grid.add(Self.name(cohort.month), [HeatGrid.Cell(lines: [grouped(cohort.customers)], share: nil)] + cells)
    }
    let title =
      showsNet
      ? "Net value in \(cohorts.currency) by month of first order (rows) until months since (columns)"
      : "Customers who ordered, by month of first order (rows) and months since (columns)"
    StandardOutput.shared.write("\(title), as of \(cohorts.day.date.iso)\n\n" + grid.text)
  }

  private func value(_ cohort: Cohorts.Cohort, _ month: Int) -> Double {
    showsNet ? Double(cohort.cumulativeNet(month)) : cohort.retention(month)
  }

  private func text(_ cohort: Cohorts.Cohort, _ month: Int) -> String {
    guard showsNet else { return decimalText(cohort.retention(month) * 100, decimals: 1) + "%" }
    return grouped(Int64((Double(cohort.cumulativeNet(month)) / cohorts.currency.minorUnitsPerUnit).rounded()))
  }

  var picture: HeatMap {
    let shown = cohorts.cohorts.filter { $0.customers > 0 }
    return HeatMap(
      title: showsNet ? "Cumulative net value, \(cohorts.currency)" : "Customers who ordered, per cent",
      xTitle: "months since the first order", yTitle: "first order", columns: (0..<monthsMax).map { "\($0)" },
      rows: shown.map { Self.name($0.month) },
      values: shown.map { cohort in
        cohort.active.indices.map { month in
          showsNet
            ? Double(cohort.cumulativeNet(month)) / cohorts.currency.minorUnitsPerUnit
            : month == 0 ? nil : cohort.retention(month) * 100
        }
      }, decimals: showsNet ? 0 : 1)
  }

  private func writeCSV() {
    StandardOutput.shared.write(
      CSVLine.text(["cohort", "customers", "month", "active", "retention", "net", "cumulative_net", "currency"]))
    for cohort in cohorts.cohorts where cohort.customers > 0 {
      for month in cohort.active.indices {
        StandardOutput.shared.write(
          CSVLine.text([
            Self.name(cohort.month), "\(cohort.customers)", "\(month)", "\(cohort.active[month])",
            decimalText(cohort.retention(month), decimals: 6), money(cohort.net[month]).decimalString,
            money(cohort.cumulativeNet(month)).decimalString, cohorts.currency.code,
          ]))
      }
    }
  }

  private func writeJSON() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("as_of", cohorts.day.date.iso)
    writer.member("currency", cohorts.currency.code)
    writer.key("cohorts")
    writer.beginArray()
    for cohort in cohorts.cohorts where cohort.customers > 0 {
      writer.beginObject()
      writer.member("month", Self.name(cohort.month))
      writer.member("customers", cohort.customers)
      writer.key("months")
      writer.beginArray()
      for month in cohort.active.indices {
        writer.beginObject()
        writer.member("month", month)
        writer.member("active", cohort.active[month])
        writer.member("retention", cohort.retention(month))
        writer.member("net", money(cohort.net[month]).decimalString)
        writer.member("cumulative_net", money(cohort.cumulativeNet(month)).decimalString)
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }
}
