/// Names for customers by how recently (R) and how much (FM) they buy: each of the 25 cells has exactly one.
package struct RFMGrid: Hashable, Sendable {
  /// By R from 1, then by FM from 1.
  private let cells: [[String]]

  /// Five rows for R from 1 to 5, each with five names for FM from 1 to 5; nil for anything else, and for an empty name.
  package init?(_ cells: [[String]]) {
    guard cells.count == 5, cells.allSatisfy({ $0.count == 5 && !$0.contains("") }) else { return nil }
    self.cells = cells
  }

  /// Scores are from 1 to 5.
  package subscript(r r: Int, fm fm: Int) -> String { cells[r - 1][fm - 1] }

  package func segment(of score: RFMScore) -> String { self[r: score.r, fm: score.fm] }

  /// Each name once, from the best cells to the worst: by the sum of the scores of its best cell.
  package var segments: [String] {
    var found: [(name: String, rank: Int)] = []
    for r in (1...5).reversed() {
      for fm in (1...5).reversed() {
        let (name, rank) = (self[r: r, fm: fm], r + fm)
        if let index = found.firstIndex(where: { $0.name == name }) {
          found[index].rank = max(found[index].rank, rank)
        } else {
          found.append((name, rank))
        }
      }
    }
    return found.enumerated().sorted { ($1.element.rank, $0.offset) < ($0.element.rank, $1.offset) }.map(\.element.name)
  }

  /// Eleven segments.
  package static let standard = RFMGrid(unchecked: [
    ["Lost", "Lost", "Hibernating", "At risk", "Can't lose"],
    ["Hibernating", "Hibernating", "At risk", "At risk", "Can't lose"],
    ["About to sleep", "Needs attention", "Needs attention", "Loyal", "Loyal"],
    ["Promising", "Potential loyalists", "Potential loyalists", "Loyal", "Champions"],
    ["New", "Potential loyalists", "Potential loyalists", "Champions", "Champions"],
  ])

  private init(unchecked cells: [[String]]) { self.cells = cells }
}
