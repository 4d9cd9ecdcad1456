import Charts
import Events
import JSON
import Platform
import Scoring

/// How well models predicted days that they had not seen.
struct EvaluationPage {
  private let evaluation: CLVEvaluation
  private let chosen: (fit: OrderModelFit, errors: PredictionErrors)
  private let groups: [Holdout.Group]
  private let weeks: [Tracking.Week]

  /// The chosen model is one of the evaluated ones.
  init(_ evaluation: CLVEvaluation, _ kind: OrderModelKind) {
    self.evaluation = evaluation
    chosen = evaluation.models.first { $0.fit.kind == kind } ?? evaluation.models[0]
    groups = evaluation.customers.holdout.groups(by: chosen.fit.model)
    weeks = evaluation.customers.tracking(by: chosen.fit.model).weeks
  }

  private var calibrationEnd: String { evaluation.customers.day.date.iso }
  private var holdoutEnd: String { evaluation.customers.end.date.iso }
  private var title: String { chosen.fit.kind.title }

  func write(_ format: OutputFormat) {
    switch format {
    case .table: writeTable()
    case .json: writeJSON()
    case .csv:
      StandardOutput.shared.write(CSVLine.text(["week", "expected", "actual"]))
      for week in weeks {
        StandardOutput.shared.write(
          CSVLine.text(["\(week.number)", decimalText(week.expected, decimals: 3), "\(week.actual)"]))
      }
    }
  }

  private func writeTable() {
    let customers = evaluation.customers.holdout.figures.count
    var table = Table([
      ("MODEL", .left), ("EXPECTED", .right), ("CAME", .right), ("MAE", .right), ("RMSE", .right), ("GINI", .right),
      ("CORRELATION", .right),
    ])
    for (name, errors) in evaluation.models.map({ ($0.fit.kind.title, $0.errors) }) + [("own rate", evaluation.naive)] {
      table.add([name] + FitPage.cells(errors) + [errors.correlation.map { decimalText($0, decimals: 4) } ?? "-"])
    }
    StandardOutput.shared.write(
      "\(counted(customers, "customer")) until \(calibrationEnd), and what they ordered from then until \(holdoutEnd)\n\n"
        + table.rendered(on: .output) + "\n\(title), by repeat orders until \(calibrationEnd)\n"
        + groupTable.rendered(on: .output) + "\n\(title), repeat orders summed up by week\n"
        + weekTable.rendered(on: .output))
  }

  private var groupTable: Table {
    var table = Table([
      ("REPEATS", .right), ("CUSTOMERS", .right), ("EXPECTED", .right), ("CAME", .right), ("EXPECTED EACH", .right),
      ("CAME EACH", .right),
    ])
    for group in groups where group.customers > 0 {
      let count = Double(group.customers)
      table.add([
        group.repeats == groups.count - 1 ? "\(group.repeats)+" : "\(group.repeats)", grouped(group.customers),
        decimalText(group.expected, decimals: 1), grouped(group.actual),
        decimalText(group.expected / count, decimals: 3),
        decimalText(Double(group.actual) / count, decimals: 3),
      ])
    }
    return table
  }

  /// Some of the weeks: at most a dozen, the last among them.
  private var weekTable: Table {
    var table = Table([("WEEK", .right), ("EXPECTED", .right), ("CAME", .right), ("OFF BY", .right)])
    let step = max(1, (weeks.count + 11) / 12)
    for week in weeks where (weeks.count - week.number) % step == 0 {
      let off = week.actual > 0 ? percentText(week.expected / Double(week.actual) - 1) : "-"
      table.add(["\(week.number)", decimalText(week.expected, decimals: 1), grouped(week.actual), off])
    }
    return table
  }

  var picture: LineChart {
    LineChart(
      title: "Repeat orders, summed up: \(title)", xTitle: "weeks", yTitle: "orders",
      lines: [
        LineChart.Line("actual", [(0, 0)] + weeks.map { (Double($0.number), Double($0.actual)) }),
        LineChart.Line("expected", [(0, 0)] + weeks.map { (Double($0.number), $0.expected) }, isDashed: true),
      ],
      mark: (
        Double(evaluation.customers.day.number - evaluation.customers.firstDay + 1) / 7,
        "fitted until \(calibrationEnd)"
      ))
  }

  private func writeJSON() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("calibration_end", calibrationEnd)
    writer.member("holdout_end", holdoutEnd)
    writer.member("customers", evaluation.customers.holdout.figures.count)
    writer.member("model", chosen.fit.kind.rawValue)
    writer.member("unit", evaluation.unit.rawValue)
    chosen.errors.writeMembers(to: &writer)
    writer.key("naive")
    evaluation.naive.write(to: &writer)
    writer.key("groups")
    writer.beginArray()
    for group in groups where group.customers > 0 {
      writer.beginObject()
      writer.member("repeats", group.repeats)
      writer.member("customers", group.customers)
      writer.member("expected", group.expected)
      writer.member("actual", group.actual)
      writer.endObject()
    }
    writer.endArray()
    writer.key("weeks")
    writer.beginArray()
    for week in weeks {
      writer.beginObject()
      writer.member("week", week.number)
      writer.member("expected", week.expected)
      writer.member("actual", week.actual)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }
}
