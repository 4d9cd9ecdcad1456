import BinaryCoding
import EventLog
import Events
import Hashing
import KeyValueStore
import ReadModels

/// Writes all rows of a generation that has none, each table in key order.
struct BulkLoad {
  private let rules: IdentifierRules
  private let source: LoadSource

  init(rules: IdentifierRules, source: LoadSource) {
    self.rules = rules
    self.source = source
  }

  func write(to writer: inout GenerationWriter) throws {
    var people = PeopleLoad(rules: rules, source: source)
    let order = try store(source.set.identifiers, &writer, { people.facts(of: $0) }) { people.add($0, $1) }
    people.identifiersEnd(order: order)
    _ = try store(source.set.links, &writer, { $0.firstSeen }) { try people.add($0, firstSeen: $1) }
    _ = try store(source.set.decisions, &writer, { $0.bearing }) { try people.add($0, $1) }
    writer.checkpoint.ordersWithoutOwner = try storeEntities(source.set.orders, &people, &writer)
    _ = try storeEntities(source.set.tickets, &people, &writer)
    _ = try storeEntities(source.set.messages, &people, &writer)
    writer.checkpoint.creditsWithoutOwner = try storeEntities(source.set.credits, &people, &writer)
    try storeTimelines(&writer)
    try people.write(to: &writer)
    try source.forEachParked { position, reason in
      try RowKey(position).withBytes { try writer.appendIndex(reason, forKey: $0, in: writer.tables.parked) }
    }
    try writer.setRules(rules)
  }

  /// Stores all rows of a table. `note` gets what `facts` takes of each state; the result tells in which order the rows
  /// were stored.
  private func store<Key, State, Facts>(
    _ table: StateTable<Key, State>, _ writer: inout GenerationWriter, _ facts: (inout State) -> Facts,
    _ note: (Key, Facts) throws -> Void
  ) throws -> [Int] {
    var order: [Int] = []
    try source.forEachRow(table, facts, note) { key, row, index in
      order.append(index)
      try key.row.withBytes { try writer.append(row, forKey: $0, in: table.table, table.tag) }
    }
    return order
  }

  /// Returns how many belong to nobody.
  private func storeEntities<State: EntityState & CachedState>(
    _ table: StateTable<Hash128, State>, _ people: inout PeopleLoad, _ writer: inout GenerationWriter
  ) throws -> Int {
    var ownerless = 0
    var index = 0
    _ = try store(table, &writer, { $0.ownerKey }) { key, owner in
      defer { index += 1 }
      guard let owner else { return ownerless += 1 }
      try people.add(OwnedEntity(kind: State.kind, key: key, index: index), of: owner)
    }
    return ownerless
  }

  private func storeTimelines(_ writer: inout GenerationWriter) throws {
    writer.checkpoint.digest.add(try source.timelineDigest(states: writer.checkpoint.digest))
    try source.forEachTimelineRow { key, row in
      try key.row.withBytes { try writer.appendIndex(row, forKey: $0, in: writer.tables.timeline) }
    }
  }
}
