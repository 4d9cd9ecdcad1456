import Hashing
import Identity
import KeyValueStore
import ReadModels

/// The rows that say who belongs to whom.
struct PeopleRows {
  let people: ResolvedPeople
  let tables: ProfileTables
  private var load: PeopleLoad { people.load }

  /// Gives the work that makes the indices: one piece a table.
  var indices: PieceSource {
    var tables = [owned, membership, unlinkable, backlinks, conflicts].makeIterator()
    return { tables.next().map { rows in { LoadedRows(batch: rows()) } } }
  }

  private func owned() -> RowBatch {
    var batch = RowBatch(tables.owned)
    let keys = load.keys
    for index in keys.indices {
      let group = people.entities[index]
      let sorted =
        group.count < 2 ? Array(group) : group.sorted { ($0.kind.rawValue, $0.key) < ($1.kind.rawValue, $1.key) }
      for entity in sorted { batch.add(RowKey(owner: keys[index], entity.kind, entity.key)) }
    }
    return batch
  }

  private func membership() -> RowBatch {
    var batch = RowBatch(tables.membership)
    let keys = load.keys
    for (index, root) in people.resolution.roots.enumerated() {
      let person = RowKey(keys[people.strongest[root]])
      person.withBytes { batch.add(RowKey(keys[index]), $0) }
    }
    return batch
  }

  private func unlinkable() -> RowBatch {
    var batch = RowBatch(tables.unlinkable)
    for (key, standing) in zip(load.keys, load.graph.standings) where standing != .linking {
      withUnsafeBytes(of: standing.rawValue) { batch.add(RowKey(key), $0) }
    }
    return batch
  }

  private func backlinks() -> RowBatch { rows(load.graph.links.map { ($0.b, $0.a) }, of: tables.backlinks) }

  private func conflicts() -> RowBatch {
    let links = load.graph.links
    return rows(people.resolution.refused.map { (links[$0].a, links[$0].b) }, of: tables.conflicts)
  }

  /// Indices are places in the order of keys, so pairs of them sort as the keys do.
  private func rows(_ links: [(first: UInt32, second: UInt32)], of table: Table) -> RowBatch {
    var batch = RowBatch(table)
    let keys = load.keys
    for (first, second) in links.sorted(by: { $0 < $1 }) { batch.add(RowKey(keys[Int(first)], keys[Int(second)])) }
    return batch
  }
}
