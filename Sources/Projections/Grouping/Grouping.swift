import Events
import Hashing
import Identity
import KeyValueStore
import ReadModels

/// Regroups identifiers into people after a batch, and rebuilds the people that changed.
///
/// Only the people that the batch touched are visited. Two who turn out to be one are joined by rewriting who belongs to
/// whom; no event is folded again.
struct Grouping {
  let rules: IdentifierRules

  /// A person as stored before the batch.
  private struct Former {
    let key: Hash128
    let members: [Hash128]
    let rowHash: Hash128
    let stage: Person.Stage?
  }

  /// `touched`: identifiers whose state or whose entities changed.
  func regroup(_ touched: Set<Hash128>, _ set: WorkingSet, _ writer: inout GenerationWriter) throws {
    var labels: [Hash128: Hash128] = [:]
    var sets = DisjointSets<Hash128>()
    // New identifiers stand for themselves, others for the person that they belong to.
    for key in touched {
      let label = try label(of: key, in: writer)
      labels[key] = label ?? key
      sets.insert(label ?? key)
    }
    for link in set.links.keys {
      sets.join(labels[link.anchor, default: link.anchor], labels[link.other, default: link.other])
    }
    // In the order of the smallest key, so that rows are written roughly in order.
    for group in sets.all().map({ $0.sorted() }).sorted(by: { $0[0] < $1[0] }) { try rebuild(group, set, &writer) }
  }

  private func label(of key: Hash128, in writer: borrowing GenerationWriter) throws -> Hash128? {
    try RowKey(key).withBytes { try writer.withRow($0, in: writer.tables.membership) { StoredKey.hash($0) } }
  }

  /// `group`: the keys of people that are one now, and of new identifiers among them.
  private func rebuild(_ group: [Hash128], _ set: WorkingSet, _ writer: inout GenerationWriter) throws {
    let formers = try group.compactMap { try former($0, in: writer) }
    let known = Set(formers.map(\.key))
    let newcomers = group.filter { !known.contains($0) }
    let person = try person(formers.flatMap(\.members) + newcomers, set, writer)
    guard let strongest = person.contacts.first else { return }
    let key = IdentifierKey(strongest.identifier).hash
    try enrol(newcomers, in: key, &writer)
    for former in formers where former.key != key {
      try RowKey(former.key).withBytes { try writer.delete($0, in: writer.tables.people, old: former.rowHash) }
      try enrol(former.members, in: key, &writer)
    }
    for former in formers { if let stage = former.stage { writer.checkpoint.stages[Int(stage.rawValue)] -= 1 } }
    writer.checkpoint.stages[Int(person.stage.rawValue)] += 1
    let old = formers.first { $0.key == key }?.rowHash
    try RowKey(key).withBytes { key in
      try person.encoded().withUnsafeBytes {
        try writer.put($0, forKey: key, in: writer.tables.people, .people, old: old)
      }
    }
  }

  private func former(_ key: Hash128, in writer: borrowing GenerationWriter) throws -> Former? {
    try RowKey(key).withBytes { keyBytes in
      try writer.withRow(keyBytes, in: writer.tables.people) { row in
        Former(
          key: key, members: try Person.identifiers(ofStored: row).map { IdentifierKey($0).hash },
          rowHash: rowHash(.people, keyBytes, row), stage: Person.stage(ofStored: row))
      }
    }
  }

  private func enrol(_ members: [Hash128], in person: Hash128, _ writer: inout GenerationWriter) throws {
    for member in members {
      try RowKey(member).withBytes { key in
        try RowKey(person).withBytes { try writer.putIndex($0, forKey: key, in: writer.tables.membership) }
      }
    }
  }

  private func person(_ members: [Hash128], _ set: WorkingSet, _ writer: borrowing GenerationWriter) throws -> Person {
    var builder = PersonBuilder()
    for member in members {
      guard let state = try set.identifiers.state(member, in: writer) else {
        throw ProjectionError.damaged("the identifier \(member), which belongs to a person, has no row")
      }
      builder.add(state, strength: rules.strength(ofType: state.identifier.type))
      for entity in try owned(by: member, in: writer) { try add(entity, to: &builder, set, writer) }
    }
    return builder.finish()
  }

  private func add(
    _ entity: EntityKey, to builder: inout PersonBuilder, _ set: WorkingSet, _ writer: borrowing GenerationWriter
  ) throws {
    switch entity.kind {
    case .order: if let state = try set.orders.state(entity.hash, in: writer) { builder.add(state) }
    case .ticket: if let state = try set.tickets.state(entity.hash, in: writer) { builder.add(state) }
    case .message: if let state = try set.messages.state(entity.hash, in: writer) { builder.add(state) }
    case .credit: if let state = try set.credits.state(entity.hash, in: writer) { builder.add(state) }
    }
  }

  private func owned(by key: Hash128, in writer: borrowing GenerationWriter) throws -> [EntityKey] {
    var entities: [EntityKey] = []
    try writer.forEachRow(prefix: RowKey(key), in: writer.tables.owned) { key, _ in
      entities.append(try StoredKey.ownedEntity(key))
    }
    return entities
  }
}

extension IdentifierRules {
  /// The rank of a type, 0 the strongest; types that are no longer configured come last.
  func strength(ofType name: String) -> Int {
    types.firstIndex { $0.name == name } ?? types.count
  }
}
