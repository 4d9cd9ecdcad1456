import UnicodeText

extension String {
  fileprivate var withoutTrailingBlanks: String {
    var view = Substring(self)
    while view.last == " " { view.removeLast() }
    return String(view)
  }
}

/// Lines up columns by what a terminal shows: wide characters count twice, combining marks not at all.
struct Table {
  enum Alignment { case left, right }

  private let headings: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  init(_ columns: [(heading: String, alignment: Alignment)]) {
    headings = columns.map(\.heading)
    alignments = columns.map(\.alignment)
  }

  var isEmpty: Bool { rows.isEmpty }

  mutating func add(_ cells: [String]) { rows.append(cells.map(Self.printable)) }

  /// The table as text; cells of the last column are cut where the terminal ends.
  func rendered(on terminal: Terminal) -> String {
    let widths = headings.indices.map { column in
      ([headings] + rows).map { displayWidth(of: $0[column]) }.max() ?? 0
    }
    let lines = [terminal.bold(line(headings, widths, terminal.width))] + rows.map { line($0, widths, terminal.width) }
    return lines.joined(separator: "\n") + "\n"
  }

  private func line(_ cells: [String], _ widths: [Int], _ limit: Int) -> String {
    var text = ""
    var used = 0
    for (column, cell) in cells.enumerated() {
      let isLast = column == cells.count - 1
      let padding = String(repeating: " ", count: widths[column] - displayWidth(of: cell))
      let space = limit == .max ? .max : max(8, limit - used)
      switch alignments[column] {
      case .left: text += isLast ? Self.cut(cell, to: space) : cell + padding
      case .right: text += padding + cell
      }
      if !isLast { text += "  " }
      used += widths[column] + 2
    }
    return text.withoutTrailingBlanks
  }

  private static func cut(_ cell: String, to width: Int) -> String {
    guard displayWidth(of: cell) > width else { return cell }
    var kept = ""
    for character in cell {
      guard displayWidth(of: kept + String(character)) < width else { break }
      kept.append(character)
    }
    return kept + "…"
  }

  /// A cell is one line, and cannot drive the terminal.
  private static func printable(_ cell: String) -> String {
    String(cell.printable.map { $0 == "\n" ? "\u{FFFD}" : $0 })
  }
}
