import UnicodeText

/// A matrix for a terminal: the more a cell holds, the darker its ground, where there are colours.
struct HeatGrid {
  struct Cell {
    var lines: [String]
    /// From 0 to 1; nil for a cell without a ground.
    var share: Double?
  }

  private let terminal: Terminal
  private let columns: [String]
  private var rows: [(name: String, cells: [Cell])] = []

  init(_ terminal: Terminal, columns: [String]) {
    self.terminal = terminal
    self.columns = columns
  }

  /// As many cells as columns, or fewer.
  mutating func add(_ name: String, _ cells: [Cell]) { rows.append((name, cells)) }

  /// The share of the most that any cell holds.
  static func share(_ value: Double, of most: Double) -> Double? { most > 0 ? value / most : 0 }

  var text: String {
    let nameWidth = rows.map { displayWidth(of: $0.name) }.max() ?? 0
    let widths = columns.indices.map { column in
      let lines = rows.flatMap { $0.cells.indices.contains(column) ? $0.cells[column].lines : [] }
      return (lines + [columns[column]]).map { displayWidth(of: $0) }.max() ?? 0
    }
    let heading = zip(columns, widths).map { Self.padded($0, $1) }.joined(separator: "  ")
    var text = terminal.bold(Self.trimmed(Self.padded("", nameWidth) + "  " + heading)) + "\n"
    for row in rows {
      for line in 0..<(row.cells.map(\.lines.count).max() ?? 1) {
        let cells = row.cells.enumerated().map { column, cell in
          ground(Self.padded(cell.lines.indices.contains(line) ? cell.lines[line] : "", widths[column]), cell.share)
        }
        let name = Self.padded(line == 0 ? row.name : "", nameWidth)
        text += Self.trimmed(name + " " + cells.joined()) + "\n"
      }
    }
    return text
  }

  /// From the dark end of the 256 colours' blues; black or white on it.
  private func ground(_ text: String, _ share: Double?) -> String {
    guard terminal.usesColour, let share else { return " " + text + " " }
    let steps = [(255, 16), (195, 16), (153, 16), (111, 16), (69, 231), (27, 231), (18, 231)]
    let (back, front) = steps[min(steps.count - 1, Int(share * Double(steps.count)))]
    return "\u{1B}[48;5;\(back)m\u{1B}[38;5;\(front)m \(text) \u{1B}[0m"
  }

  private static func padded(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(0, width - displayWidth(of: text))) + text
  }

  private static func trimmed(_ text: String) -> String {
    var view = Substring(text)
    while view.last == " " { view.removeLast() }
    return String(view)
  }
}
