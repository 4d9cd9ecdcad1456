package import Events
package import Scoring

/// Everybody's scores as of a day, summed up by segment and by cell of the grid.
package struct RFMReport: Sendable {
  /// Sums over some people.
  package struct Totals: Hashable, Sendable {
    package private(set) var people = 0
    package private(set) var orders = 0
    /// Minor units.
    package private(set) var net: Int64 = 0

    mutating func add(_ other: Totals) {
      people += other.people
      orders += other.orders
      net &+= other.net
    }

    mutating func add(_ figures: RFMFigures) {
      people += 1
      orders += figures.orders
      net &+= figures.net
    }
  }

  package let day: ScoringDay
  package let currency: Currency
  package let cuts: RFMCuts
  package let grid: RFMGrid
  /// People scored.
  package let scored: Int
  /// By R and FM, both from 1.
  private var cells = Array(repeating: Array(repeating: Totals(), count: 5), count: 5)

  /// O(people).
  package init(_ buyers: Buyers, _ settings: RFMSettings) {
    let figures = buyers.rfmFigures
    (day, currency, grid, scored) = (buyers.day, buyers.currency, settings.grid, figures.count)
    cuts = settings.cuts(figures, currency: buyers.currency)
    for figures in figures {
      let score = cuts.score(figures)
      cells[score.r - 1][score.fm - 1].add(figures)
    }
  }

  package func cell(r: Int, fm: Int) -> Totals { cells[r - 1][fm - 1] }

  /// All segments of the grid, best first, also those that nobody is in.
  package var segments: [(name: String, totals: Totals)] {
    grid.segments.map { name in
      var totals = Totals()
      for r in 1...5 { for fm in 1...5 where grid[r: r, fm: fm] == name { totals.add(cell(r: r, fm: fm)) } }
      return (name, totals)
    }
  }
}
