import Hashing
import Identity
import KeyValueStore
import ReadModels

/// The rows that say who belongs to whom.
struct PeopleRows {
  let people: ResolvedPeople
  let tables: ProfileTables
  private var load: PeopleLoad { people.load }

  /// How many identifiers or links a piece is made of.
  private static let countMax = 1 << 14

  /// Gives the work that makes the indices, one table after the other.
  var indices: [PieceSource] {
    [
      ranges(load.keys.count, membership), ranges(load.keys.count, unlinkable),
      pairs(tables.backlinks) { $0.graph.links.map { ($0.b, $0.a) } },
      pairs(tables.conflicts) { [refused = people.resolution.refused] load in
        refused.map { (load.graph.links[$0].a, load.graph.links[$0].b) }
      },
    ]
  }

  /// The same for what belongs to whom, where that is in memory.
  var owned: PieceSource { ranges(load.keys.count, owned) }

  private func ranges(_ count: Int, _ make: @escaping (Range<Int>) -> RowBatch) -> PieceSource {
    var start = 0
    return {
      guard start < count else { return nil }
      let range = start..<min(start + Self.countMax, count)
      start = range.upperBound
      return { LoadedRows(batch: make(range)) }
    }
  }

  private func owned(_ range: Range<Int>) -> RowBatch {
    var batch = RowBatch(tables.owned)
    let keys = load.keys
    for index in range {
      let group = people.entities[index]
      let sorted =
        group.count < 2 ? Array(group) : group.sorted { ($0.kind.rawValue, $0.key) < ($1.kind.rawValue, $1.key) }
      for entity in sorted { batch.add(RowKey(owner: keys[index], entity.kind, entity.key)) }
    }
    return batch
  }

  private func membership(_ range: Range<Int>) -> RowBatch {
    var batch = RowBatch(tables.membership)
    let (keys, roots) = (load.keys, people.resolution.roots)
    for index in range {
      let person = RowKey(keys[people.strongest[roots[index]]])
      person.withBytes { batch.add(RowKey(keys[index]), $0) }
    }
    return batch
  }

  private func unlinkable(_ range: Range<Int>) -> RowBatch {
    var batch = RowBatch(tables.unlinkable)
    let (keys, standings) = (load.keys, load.graph.standings)
    for index in range where standings[index] != .linking {
      withUnsafeBytes(of: standings[index].rawValue) { batch.add(RowKey(keys[index]), $0) }
    }
    return batch
  }

  /// Indices are places in the order of keys, so pairs of them sort as the keys do.
  private func pairs(
    _ table: Table, _ links: @escaping (PeopleLoad) -> [(first: UInt32, second: UInt32)]
  ) -> PieceSource {
    var rest: PieceSource?
    return { [load] in
      if let rest { return try rest() }
      let (keys, sorted) = (load.keys, links(load).sorted { $0 < $1 })
      let pieces = ranges(sorted.count) { range in
        var batch = RowBatch(table)
        for (first, second) in sorted[range] { batch.add(RowKey(keys[Int(first)], keys[Int(second)])) }
        return batch
      }
      rest = pieces
      return try pieces()
    }
  }
}
