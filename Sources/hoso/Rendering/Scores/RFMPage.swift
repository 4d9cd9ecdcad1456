import Events
import JSON
import Platform
import Scoring

/// Segments and the grid of one day.
struct RFMPage {
  private let report: RFMReport
  private let withoutRate: [Currency: Int]

  init(_ report: RFMReport, _ withoutRate: [Currency: Int]) {
    self.report = report
    self.withoutRate = withoutRate
  }

  func write(_ format: OutputFormat) {
    switch format {
    case .table: writeTable()
    case .csv: writeCSV()
    case .json: writeJSON()
    }
  }

  private func money(_ minorUnits: Int64) -> Money { Money(minorUnits: minorUnits, currency: report.currency) }

  private func average(_ totals: RFMReport.Totals) -> Money? {
    guard totals.people > 0 else { return nil }
    return report.currency.money(
      Double(totals.net) / Double(totals.people) / report.currency.minorUnitsPerUnit)
  }

  private func share(_ totals: RFMReport.Totals) -> Double { Double(totals.people) / Double(max(1, report.scored)) }

  private func writeTable() {
    let terminal = Terminal.output
    var table = Table([
      ("SEGMENT", .left), ("PEOPLE", .right), ("SHARE", .right), ("ORDERS", .right), ("NET", .right),
      ("A PERSON", .right),
    ])
    for (name, totals) in report.segments {
      table.add([
        name, grouped(totals.people), percentText(share(totals)), grouped(totals.orders),
        AmountFormat.text(money(totals.net)), average(totals).map { AmountFormat.text($0) } ?? "-",
      ])
    }
    StandardOutput.shared.write("\(counted(report.scored, "customer")) as of \(report.day.date.iso)\n\n")
    StandardOutput.shared.write(table.rendered(on: terminal))
    StandardOutput.shared.write("\n" + grid(terminal).text + "\n" + cuts)
  }

  private func grid(_ terminal: Terminal) -> HeatGrid {
    let cells = (1...5).flatMap { r in (1...5).map { report.cell(r: r, fm: $0).people } }
    let most = Double(cells.max() ?? 0)
    var grid = HeatGrid(terminal, columns: (1...5).map { "FM \($0)" })
    for r in (1...5).reversed() {
      grid.add(
        "R \(r)",
        (1...5).map { fm in
          let people = report.cell(r: r, fm: fm).people
          return HeatGrid.Cell(
            lines: [report.grid[r: r, fm: fm], grouped(people)], share: HeatGrid.share(Double(people), of: most))
        })
    }
    return grid
  }

  /// At which values scores change.
  private var cuts: String {
    let cuts = report.cuts
    let days = cuts.r.map { "\(grouped($0))" }
    return "R  5 to 1: last order at most \(days.joined(separator: ", ")) days ago, or longer\n"
      + "F  1 to 5: at most \(cuts.f.map { grouped($0) }.joined(separator: ", ")) orders, or more\n"
      + "M  1 to 5: at most \(cuts.m.map { AmountFormat.text(money($0)) }.joined(separator: ", ")) net, or more\n"
  }

  private func writeCSV() {
    StandardOutput.shared.write(CSVLine.text(["segment", "people", "share", "orders", "net", "average", "currency"]))
    for (name, totals) in report.segments {
      StandardOutput.shared.write(
        CSVLine.text([
          name, "\(totals.people)", decimalText(share(totals), decimals: 6), "\(totals.orders)",
          money(totals.net).decimalString, average(totals)?.decimalString ?? "", report.currency.code,
        ]))
    }
  }

  private func writeJSON() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("as_of", report.day.date.iso)
    writer.member("currency", report.currency.code)
    writer.member("scored", report.scored)
    writer.key("segments")
    writer.beginArray()
    for (name, totals) in report.segments {
      writer.beginObject()
      writer.member("name", name)
      write(totals, &writer)
      writer.endObject()
    }
    writer.endArray()
    writer.key("grid")
    writer.beginArray()
    for r in (1...5).reversed() {
      for fm in 1...5 {
        writer.beginObject()
        writer.member("r", r)
        writer.member("fm", fm)
        writer.member("segment", report.grid[r: r, fm: fm])
        write(report.cell(r: r, fm: fm), &writer)
        writer.endObject()
      }
    }
    writer.endArray()
    writeCuts(&writer)
    writer.counts("left_out", Dictionary(uniqueKeysWithValues: withoutRate.map { ($0.key.code, $0.value) }))
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }

  private func write(_ totals: RFMReport.Totals, _ writer: inout JSONWriter) {
    writer.member("people", totals.people)
    writer.member("share", share(totals))
    writer.member("orders", totals.orders)
    writer.member("net", money(totals.net).decimalString)
    writer.member("average", average(totals)?.decimalString)
    writer.member("currency", report.currency.code)
  }

  private func writeCuts(_ writer: inout JSONWriter) {
    writer.key("cuts")
    writer.beginObject()
    for (name, values) in [("r", report.cuts.r), ("f", report.cuts.f)] {
      writer.key(name)
      writer.beginArray()
      for value in values { writer.value(value) }
      writer.endArray()
    }
    writer.key("m")
    writer.beginArray()
    for value in report.cuts.m { writer.value(money(value).decimalString) }
    writer.endArray()
    writer.endObject()
  }
}

/// A fraction as a percentage with two decimals.
func percentText(_ fraction: Double) -> String { decimalText(fraction * 100, decimals: 2) + "%" }
