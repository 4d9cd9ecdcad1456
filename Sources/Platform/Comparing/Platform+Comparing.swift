import Identity
import Projections
import ReadModels

extension Platform {
  /// How a generation differs from the live one; nil where there is none. The live one is caught up before, if this
  /// program may change it, so that what arrived meanwhile is no difference. O(rows); memory for the samples.
  func compare(_ generation: Generation, _ wish: ComparisonWish) throws -> GenerationComparison? {
    guard try generations.liveNumber() != nil else { return nil }
    try catchUpLive()
    guard let live = try generations.openLive(readOnly: true) else { return nil }
    defer { live.close() }
    return try live.read { former in
      try generation.read { new in
        let rows = RowComparison(configuration: configuration)
        let tables = try RowTag.allCases.map { try rows.compare(former, new, $0, wish) }
        return GenerationComparison(
          former: live.number, formerPosition: former.checkpoint.position, position: new.checkpoint.position,
          tables: tables.filter { !$0.isSame })
      }
    }
  }

  private func catchUpLive() throws {
    if try staleReadModels() != nil { return }
    let live = try generations.openOrCreateLive()
    defer { live.close() }
    try projector(live).catchUp(log)
  }
}
