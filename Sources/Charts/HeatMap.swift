/// A matrix as coloured cells: light for little, dark for much.
package struct HeatMap {
  let title, xTitle, yTitle: String
  let columns, rows: [String]
  /// By row, then by column; nil for a cell that there is not.
  let values: [[Double?]]
  let decimals: Int

  package init(
    title: String, xTitle: String, yTitle: String, columns: [String], rows: [String], values: [[Double?]],
    decimals: Int
  ) {
    (self.title, self.xTitle, self.yTitle) = (title, xTitle, yTitle)
    (self.columns, self.rows, self.values, self.decimals) = (columns, rows, values, decimals)
  }

  private static let (left, top, bottom) = (80.0, 50.0, 50.0)
  private static let (cellWidth, cellHeight) = (44.0, 24.0)

  /// As an SVG document.
  package var svg: String { picture.document }

  var picture: SVG {
    let (w, h) = (Double(columns.count) * Self.cellWidth, Double(rows.count) * Self.cellHeight)
    var svg = SVG(width: max(Self.left + w + 20, 360), height: Self.top + h + Self.bottom)
    svg.text(title, Self.left, 22, size: 15)
    let most = values.flatMap { $0 }.compactMap { $0 }.max() ?? 0
    for (row, name) in rows.enumerated() {
      let y = Self.top + Double(row) * Self.cellHeight
      svg.text(name, Self.left - 8, y + 16, anchor: .end)
      for (column, value) in values[row].enumerated() {
        guard let value else { continue }
        let x = Self.left + Double(column) * Self.cellWidth
        let share = most > 0 ? value / most : 0
        let text = value.text(decimals: decimals)
        svg.rectangle(
          x, y, Self.cellWidth - 1, Self.cellHeight - 1, fill: Self.colour(share),
          hint: "\(yTitle) \(name), \(xTitle) \(columns[column]): \(text)")
        svg.text(
          text, x + Self.cellWidth / 2, y + 16, size: 10, anchor: .middle, fill: share > 0.55 ? "white" : "#333")
      }
    }
    for (column, name) in columns.enumerated() {
      svg.text(name, Self.left + (Double(column) + 0.5) * Self.cellWidth, Self.top + h + 16, size: 11, anchor: .middle)
    }
    svg.text(xTitle, Self.left + w / 2, Self.top + h + 38, anchor: .middle)
    svg.text(yTitle, 18, Self.top + h / 2, anchor: .middle, turned: true)
    return svg
  }

  /// From white to dark blue.
  private static func colour(_ share: Double) -> String {
    func part(_ light: Double, _ dark: Double) -> Int {
      Int((light + (dark - light) * min(max(share, 0), 1)).rounded())
    }
    return "rgb(\(part(240, 8)),\(part(246, 64)),\(part(252, 129)))"
  }
}

/// Several pictures below each other, as one SVG document.
package func stacked(_ pictures: [HeatMap]) -> String {
  let parts = pictures.map(\.picture)
  var whole = SVG(width: parts.map(\.width).max() ?? 1, height: parts.map(\.height).reduce(0, +))
  var y = 0.0
  for part in parts {
    whole.place(part, 0, y)
    y += part.height
  }
  return whole.document
}
