import Events
import Identity
import KeyValueStore
import ReadModels

/// Regroups identifiers into people after a batch, and rebuilds the people that changed.
///
/// Only the components that the batch touched are visited. Two people who turn out to be one are joined by rewriting
/// who belongs to whom; no event is folded again.
struct Grouping {
  let tables: ProfileTables
  let rules: IdentifierRules

  /// `touched`: identifiers whose state or whose entities changed. `links`: those seen in this batch.
  func regroup(
    touched: Set<IdentifierKey>, links: [LinkKey], from set: WorkingSet, in writer: inout DigestedWriter
  ) throws {
    var labels: [IdentifierKey: IdentifierKey?] = [:]
    for key in touched { labels[key] = try label(of: key, in: writer) }
    var sets = DisjointSets<IdentifierKey>()
    for (key, label) in labels { sets.insert((label ?? nil) ?? key) }
    for link in links {
      sets.join((labels[link.anchor] ?? nil) ?? link.anchor, (labels[link.other] ?? nil) ?? link.other)
    }
    let known = Set(labels.values.compactMap { $0 })
    // In the order of their smallest label: the order in which rows are written is then that of their keys, roughly.
    for group in sets.sets().map({ $0.sorted() }).sorted(by: { $0[0] < $1[0] }) {
      try rebuild(group, known: known, from: set, in: &writer)
    }
  }

  private func label(of key: IdentifierKey, in writer: borrowing DigestedWriter) throws -> IdentifierKey? {
    if writer.isFresh { return nil }
    let row = RowKey.of(key)
    return try writer.transaction.withValue(forKey: row.span.bytes, in: tables.membership) { value in
      value.withUnsafeBytes { RowKey.identifier($0) }
    }
  }

  /// `group`: the labels of people that are one now; those that are not `known` are new identifiers.
  private func rebuild(
    _ group: [IdentifierKey], known: Set<IdentifierKey>, from set: WorkingSet, in writer: inout DigestedWriter
  ) throws {
    var members: [(key: IdentifierKey, state: IdentifierState, label: IdentifierKey?)] = []
    for label in group {
      let keys = known.contains(label) ? try self.members(of: label, in: writer) : [label]
      for key in keys {
        guard let state = try set.identifiers.state(key, in: writer) else {
          throw ProjectionError.damaged("an identifier that belongs to a person has no row")
        }
        members.append((key, state, known.contains(label) ? label : nil))
      }
    }
    let person = try person(of: members.map { ($0.key, $0.state) }, from: set, in: writer)
    guard let strongest = person.contacts.first?.identifier else { return }
    let label = IdentifierKey(strongest)
    for old in group where known.contains(old) && old != label { try forget(old, in: &writer) }
    for member in members where member.label != label { try enrol(member.key, old: member.label, in: label, &writer) }
    let row = person.encoded()
    let old = try writer.put(row, forKey: RowKey.of(label), in: tables.people, .people)
    countStage(old, by: -1, in: &writer)
    writer.checkpoint.stages[Int(person.stage.rawValue)] += 1
  }

  private func members(of label: IdentifierKey, in writer: borrowing DigestedWriter) throws -> [IdentifierKey] {
    let prefix = RowKey.of(label)
    var keys: [IdentifierKey] = []
    try writer.transaction.forEach(in: tables.members, prefix: prefix.span.bytes) { key, _ in
      keys.append(key.withUnsafeBytes { RowKey.identifier($0, at: IdentifierKey.byteCount) })
      return true
    }
    return keys
  }

  private func forget(_ label: IdentifierKey, in writer: inout DigestedWriter) throws {
    let old = try writer.delete(RowKey.of(label), in: tables.people, .people)
    countStage(old, by: -1, in: &writer)
  }

  private func countStage(_ row: [UInt8]?, by step: Int, in writer: inout DigestedWriter) {
    guard let stage = row?.withUnsafeBytes({ Person.stage(ofStored: $0) }) else { return }
    writer.checkpoint.stages[Int(stage.rawValue)] += step
  }

  private func enrol(
    _ member: IdentifierKey, old: IdentifierKey?, in label: IdentifierKey, _ writer: inout DigestedWriter
  ) throws {
    if let old { try writer.deleteIndex(RowKey.of(old, member), in: tables.members) }
    try writer.putIndex([], forKey: RowKey.of(label, member), in: tables.members)
    try writer.putIndex(RowKey.of(label), forKey: RowKey.of(member), in: tables.membership)
  }

  private func person(
    of members: [(IdentifierKey, IdentifierState)], from set: WorkingSet, in writer: borrowing DigestedWriter
  ) throws -> Person {
    var orders: [OrderState] = []
    var tickets: [TicketState] = []
    var messages: [MessageState] = []
    var credits: [CreditState] = []
    for (key, _) in members {
      for entity in try owned(by: key, in: writer) {
        switch entity.kind {
        case .order: if let state = try set.orders.state(entity, in: writer) { orders.append(state) }
        case .ticket: if let state = try set.tickets.state(entity, in: writer) { tickets.append(state) }
        case .message: if let state = try set.messages.state(entity, in: writer) { messages.append(state) }
        case .credit: if let state = try set.credits.state(entity, in: writer) { credits.append(state) }
        }
      }
    }
    return Person(
      identifiers: members.map(\.1), orders: orders, tickets: tickets, messages: messages, credits: credits,
      strength: rules.strength(ofType:))
  }

  private func owned(by key: IdentifierKey, in writer: borrowing DigestedWriter) throws -> [EntityKey] {
    let prefix = RowKey.of(key)
    var entities: [EntityKey] = []
    try writer.transaction.forEach(in: tables.owned, prefix: prefix.span.bytes) { key, _ in
      key.withUnsafeBytes { key in
        guard let kind = EntityKind(rawValue: key[16]) else { return }
        entities.append(EntityKey(kind: kind, hash: RowKey.hash(key, at: 17)))
      }
      return true
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
