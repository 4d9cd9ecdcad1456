import Charts
import JSON
import Platform
import Scoring

/// What a model says by frequency and recency.
struct MatrixPage {
  private let matrix: ModelMatrix
  private let days: Int
  private let kind: OrderModelKind

  init(_ matrix: ModelMatrix, days: Int, _ kind: OrderModelKind) {
    self.matrix = matrix
    self.days = days
    self.kind = kind
  }

  private var expectedTitle: String { "Orders expected in \(days) days" }
  private var aliveTitle: String { "Probability of not having left" }

  func write(_ format: OutputFormat) {
    switch format {
    case .table:
      StandardOutput.shared.write(
        "\(kind.title), \(grouped(matrix.ageDays)) days after the first order: repeat orders (columns), days from the first order to the last (rows)\n"
      )
      for (title, values) in [(expectedTitle, matrix.expected), (aliveTitle, matrix.alive)] {
        StandardOutput.shared.write("\n\(title)\n" + grid(values).text)
      }
    case .csv:
      StandardOutput.shared.write(CSVLine.text(["recency_days", "repeats", "p_alive", "expected_orders"]))
      forEachCell { recency, repeats, alive, expected in
        StandardOutput.shared.write(
          CSVLine.text([
            "\(recency)", "\(repeats)", decimalText(alive, decimals: 6), decimalText(expected, decimals: 6),
          ]))
      }
    case .json: writeJSON()
    }
  }

  private func grid(_ values: [[Double?]]) -> HeatGrid {
    let most = values.flatMap { $0 }.compactMap { $0 }.max() ?? 0
    var grid = HeatGrid(.output, columns: matrix.repeats.map(String.init))
    for (recency, row) in zip(matrix.recencies, values) {
      grid.add(
        grouped(recency),
        row.map { value in
          HeatGrid.Cell(
            lines: [value.map { decimalText($0, decimals: 2) } ?? "·"],
            share: value.flatMap { HeatGrid.share($0, of: most) })
        })
    }
    return grid
  }

  private func forEachCell(_ body: (_ recency: Int, _ repeats: Int, _ alive: Double, _ expected: Double) -> Void) {
    for (row, recency) in matrix.recencies.enumerated() {
      for (column, repeats) in matrix.repeats.enumerated() {
        guard let alive = matrix.alive[row][column], let expected = matrix.expected[row][column] else { continue }
        body(recency, repeats, alive, expected)
      }
    }
  }

  private func writeJSON() {
    var writer = JSONWriter()
    writer.beginObject()
    writer.member("model", kind.rawValue)
    writer.member("age_days", matrix.ageDays)
    writer.member("days", days)
    writer.key("cells")
    writer.beginArray()
    forEachCell { recency, repeats, alive, expected in
      writer.beginObject()
      writer.member("recency_days", recency)
      writer.member("repeats", repeats)
      writer.member("p_alive", alive)
      writer.member("expected_orders", expected)
      writer.endObject()
    }
    writer.endArray()
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }

  /// Both matrices below each other, as an SVG document.
  var picture: String {
    let maps = [(expectedTitle, matrix.expected), (aliveTitle, matrix.alive)].map { title, values in
      HeatMap(
        title: title, xTitle: "repeat orders", yTitle: "days to the last order",
        columns: matrix.repeats.map(String.init),
        rows: matrix.recencies.map(String.init), values: values, decimals: 2)
    }
    return stacked(maps)
  }
}
