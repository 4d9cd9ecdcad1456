import Events
import Hashing
import Identity
import ReadModels

/// Finds the identifiers that link nobody.
extension Grouping {
  /// Notes which new identifiers are blocked, and which ones are shared now that they were seen with others.
  func settleStandings(_ set: WorkingSet, _ people: inout TouchedPeople, _ writer: inout GenerationWriter) throws {
    for slot in set.identifiers.newSlots {
      let identifier = set.identifiers.states.withState(slot) { $0.identifier }
      if rules.isBlocked(identifier) { try writer.setStanding(.blocked, of: set.identifiers.keys[slot]) }
    }
    var met: [Hash128: Set<Int>] = [:]
    for slot in set.links.newSlots {
      let link = set.links.keys[slot]
      met[link.anchor, default: []].insert(try writer.rank(of: link.other, grouping))
      met[link.other, default: []].insert(try writer.rank(of: link.anchor, grouping))
    }
    for (key, ranks) in met where try writer.standing(of: key) == .linking {
      guard try isShared(key, metRanks: ranks, writer) else { continue }
      try writer.setStanding(.shared, of: key)
      people.unsettle(key)
      // What it was refused before is no conflict any more.
      for link in try writer.links(ofEitherEnd: key) {
        try link.row.withBytes { try writer.deleteIndex($0, in: writer.tables.conflicts) }
      }
    }
  }

  /// Counts only what a rule asks for: an identifier that was not shared before is shared now only by what is new.
  private func isShared(_ key: Hash128, metRanks: Set<Int>, _ writer: borrowing GenerationWriter) throws -> Bool {
    let rank = try writer.rank(of: key, grouping)
    let neighbours = try writer.links(ofEitherEnd: key).map { $0.anchor == key ? $0.other : $0.anchor }
    let counted = try neighbours.filter { try writer.standing(of: $0) != .blocked }
    if counted.count > grouping.linksMax(rank) { return true }
    for rule in grouping.sharing(rank) where metRanks.contains(rule.rank) {
      var count = 0
      for other in counted where try writer.rank(of: other, grouping) == rule.rank {
        count += 1
        if count > rule.max { return true }
      }
    }
    return false
  }
}
