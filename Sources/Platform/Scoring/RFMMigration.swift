import Identity
import Scoring

/// How people moved between segments from one day to another.
package struct RFMMigration: Sendable {
  package let from, to: ScoringDay
  /// The segments of both days, best first; nil stands for nobody's: no order that counted.
  package let segments: [String?]
  private var counts: [Move: Int] = [:]

  private struct Move: Hashable, Sendable {
    let from, to: String?
  }

  /// O(people).
  package init(from: Buyers, to: Buyers, _ settings: RFMSettings) {
    (self.from, self.to) = (from.day, to.day)
    segments = settings.grid.segments + [nil]
    let (before, after) = (Self.segments(of: from, settings), Self.segments(of: to, settings))
    for (key, segment) in after { counts[Move(from: before[key], to: segment), default: 0] += 1 }
    for (key, segment) in before where after[key] == nil { counts[Move(from: segment, to: nil), default: 0] += 1 }
  }

  /// How many people went from one segment to another, or stayed.
  package func count(from: String?, to: String?) -> Int { counts[Move(from: from, to: to)] ?? 0 }

  private static func segments(of buyers: Buyers, _ settings: RFMSettings) -> [IdentifierKey: String] {
    let figures = buyers.rfmFigures
    let cuts = settings.cuts(figures, currency: buyers.currency)
    var segments: [IdentifierKey: String] = [:]
    segments.reserveCapacity(figures.count)
    for (buyer, figures) in zip(buyers.buyers, figures) {
      segments[buyer.key] = settings.grid.segment(of: cuts.score(figures))
    }
    return segments
  }
}
