import Glibc

/// Lines over a common axis.
package struct LineChart {
  package struct Line {
    let title: String
    let points: [(x: Double, y: Double)]
    let isDashed: Bool

    package init(_ title: String, _ points: [(x: Double, y: Double)], isDashed: Bool = false) {
      self.title = title
      self.points = points
      self.isDashed = isDashed
    }
  }

  let title, xTitle, yTitle: String
  let lines: [Line]
  /// Where a dashed upright stands, with what is said beside it.
  let mark: (x: Double, text: String)?

  package init(title: String, xTitle: String, yTitle: String, lines: [Line], mark: (x: Double, text: String)? = nil) {
    (self.title, self.xTitle, self.yTitle, self.lines, self.mark) = (title, xTitle, yTitle, lines, mark)
  }

  private static let colours = ["#1f77b4", "#d62728", "#2ca02c", "#9467bd"]
  private static let (width, height) = (720.0, 400.0)
  private static let (left, right, top, bottom) = (70.0, 20.0, 40.0, 50.0)

  /// As an SVG document.
  package var svg: String { picture.document }

  var picture: SVG {
    let points = lines.flatMap(\.points)
    let (xMax, yMax) = (points.map(\.x).max() ?? 1, points.map(\.y).max() ?? 1)
    let (xTicks, yTicks) = (Ticks(upTo: xMax), Ticks(upTo: yMax))
    var svg = SVG(width: Self.width, height: Self.height)
    let (w, h) = (Self.width - Self.left - Self.right, Self.height - Self.top - Self.bottom)
    func x(_ value: Double) -> Double { Self.left + w * value / max(xMax, 1e-9) }
    func y(_ value: Double) -> Double { Self.top + h * (1 - value / max(yTicks.end, 1e-9)) }
    svg.text(title, Self.left, 22, size: 15)
    for tick in yTicks.values {
      svg.line(Self.left, y(tick), Self.left + w, y(tick), stroke: "#e5e5e5")
      svg.text(tick.text(decimals: 3), Self.left - 8, y(tick) + 4, anchor: .end)
    }
    for tick in xTicks.values where tick <= xMax {
      svg.text(tick.text(decimals: 3), x(tick), Self.top + h + 18, anchor: .middle)
    }
    svg.line(Self.left, Self.top + h, Self.left + w, Self.top + h, stroke: "#333")
    svg.text(xTitle, Self.left + w / 2, Self.height - 12, anchor: .middle)
    svg.text(yTitle, 18, Self.top + h / 2, anchor: .middle, turned: true)
    if let mark {
      svg.line(x(mark.x), Self.top, x(mark.x), Self.top + h, stroke: "#888", dashed: true)
      svg.text(mark.text, x(mark.x) + 5, Self.top + h - 8, size: 11, fill: "#666")
    }
    for (index, line) in lines.enumerated() {
      let colour = Self.colours[index % Self.colours.count]
      svg.path(line.points.map { (x($0.x), y($0.y)) }, stroke: colour, dashed: line.isDashed)
      let place = Self.top + 14 + 18 * Double(index)
      svg.path([(Self.left + 12, place - 4), (Self.left + 40, place - 4)], stroke: colour, dashed: line.isDashed)
      svg.text(line.title, Self.left + 46, place)
    }
    return svg
  }
}

/// Round numbers along an axis from 0 on.
struct Ticks {
  let values: [Double]
  var end: Double { values.last ?? 1 }

  /// Four to ten of them, the last at or beyond the greatest value.
  init(upTo most: Double) {
    let most = max(most, 1e-9)
    let power = pow(10, log10(most).rounded(.down))
    let step = [0.1, 0.2, 0.25, 0.5, 1].map { $0 * power * 2 }.first { most / $0 <= 9 } ?? power
    values = (0...Int((most / step).rounded(.up))).map { Double($0) * step }
  }
}
