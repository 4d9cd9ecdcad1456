import BinaryCoding
import Hashing
import Identity
import KeyValueStore
import ReadModels

/// Writes what a batch changed in a generation that has rows: states, indices, people, timelines.
struct BatchWriting {
  private let settings: FoldSettings

  init(_ settings: FoldSettings) { self.settings = settings }

  func write(_ set: WorkingSet, to writer: inout GenerationWriter) throws {
    var touched = Set(set.identifiers.keys)
    writer.checkpoint.ordersWithoutOwner += try moveOwners(set.orders, &touched, &writer)
    writer.checkpoint.creditsWithoutOwner += try moveOwners(set.credits, &touched, &writer)
    _ = try moveOwners(set.tickets, &touched, &writer)
    _ = try moveOwners(set.messages, &touched, &writer)
    try store(set.identifiers, &writer)
    try store(set.links, &writer)
    try storeBacklinks(set.links, &writer)
    try store(set.decisions, &writer)
    try store(set.orders, &writer) {
      $0.subtract($1)
    } adding: {
      $0.add($1)
    }
    try store(set.tickets, &writer)
    try store(set.messages, &writer) {
      $0.subtract($1)
    } adding: {
      $0.add($1)
    }
    try store(set.credits, &writer)
    try Grouping(settings).regroup(touched, set, &writer)
    let tallies = writer.tallies
    try tallies.write(to: &writer)
    writer.tallies = Tallies()
    writer.checkpoint.digests[.timeline].add(set.timelineDigest)
    try set.forEachTimeline { subject, positions in try writer.extendTimeline(of: subject, by: positions) }
    for event in set.parked.events {
      try RowKey(event.position).withBytes { key in
        try Array(event.reason.utf8).withUnsafeBytes { try writer.putIndex($0, forKey: key, in: writer.tables.parked) }
      }
    }
  }

  private func store<Key, State>(_ table: StateTable<Key, State>, _ writer: inout GenerationWriter) throws {
    try EncodedRows(table).forEachSorted { key, row, slot in
      try key.row.withBytes {
        try writer.put(row, forKey: $0, in: table.table, table.tag, old: table.origin(slot)?.rowHash)
      }
    }
  }

  /// As `store`, for states that contribute to tallies: what the row contributed so far is taken away.
  private func store<State>(
    _ table: StateTable<Hash128, State>, _ writer: inout GenerationWriter,
    subtracting subtract: (inout Tallies, State) -> Void, adding add: (inout Tallies, State) -> Void
  ) throws {
    for (slot, key) in table.keys.enumerated() {
      if table.origin(slot) != nil {
        let former = try RowKey(key).withBytes { try writer.withRow($0, in: table.table) { try State.decode($0) } }
        if let former { subtract(&writer.tallies, former) }
      }
      table.states.withState(slot) { add(&writer.tallies, $0) }
    }
    try store(table, &writer)
  }

  private func storeBacklinks(_ links: StateTable<LinkKey, LinkState>, _ writer: inout GenerationWriter) throws {
    for link in links.newSlots.map({ links.keys[$0].reversed }).sorted() {
      try writer.putEmptyIndex(link.row, in: writer.tables.backlinks)
    }
  }

  /// Keeps the index of owned entities in step; the owners, old and new, are touched.
  /// Returns by how much the number of entities without an owner has changed.
  private func moveOwners<State: EntityState & CachedState>(
    _ table: StateTable<Hash128, State>, _ touched: inout Set<Hash128>, _ writer: inout GenerationWriter
  ) throws -> Int {
    var change = 0
    for slot in table.keys.sortedIndices() {
      let origin = table.origin(slot)
      let (old, new, entity) = (origin?.ownerKey, table.states.withState(slot, { $0.ownerKey }), table.keys[slot])
      if let new { touched.insert(new) }
      if old == new, origin != nil { continue }
      if let old {
        touched.insert(old)
        try RowKey(owner: old, State.kind, entity).withBytes { try writer.deleteIndex($0, in: writer.tables.owned) }
      }
      if let new { try writer.putEmptyIndex(RowKey(owner: new, State.kind, entity), in: writer.tables.owned) }
      change += (new == nil ? 1 : 0) - (origin != nil && old == nil ? 1 : 0)
    }
    return change
  }
}

extension GenerationWriter {
  /// Sets a row of an index that consists of its key.
  mutating func putEmptyIndex(_ key: RowKey, in table: Table) throws {
    try key.withBytes { try putIndex(UnsafeRawBufferPointer(start: nil, count: 0), forKey: $0, in: table) }
  }
}
