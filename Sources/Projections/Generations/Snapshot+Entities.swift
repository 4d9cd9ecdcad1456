package import EventLog
package import Hashing
package import Identity
import KeyValueStore
package import ReadModels

extension Snapshot {
  /// O(log n).
  package func order(id: String) throws(ProjectionError) -> OrderState? { try order(EntityKey(.order, id: id)) }
  /// O(log n).
  package func ticket(id: String) throws(ProjectionError) -> TicketState? { try ticket(EntityKey(.ticket, id: id)) }

  /// The order with a key, which must be one of an order. O(log n).
  package func order(_ key: EntityKey) throws(ProjectionError) -> OrderState? { try entity(key, in: tables.orders) }
  /// The ticket with a key, which must be one of a ticket. O(log n).
  package func ticket(_ key: EntityKey) throws(ProjectionError) -> TicketState? { try entity(key, in: tables.tickets) }
  /// The message with a key, which must be one of a message. O(log n).
  package func message(_ key: EntityKey) throws(ProjectionError) -> MessageState? {
    try entity(key, in: tables.messages)
  }
  /// The credit note with a key, which must be one of a credit note. O(log n).
  package func credit(_ key: EntityKey) throws(ProjectionError) -> CreditState? { try entity(key, in: tables.credits) }

  private func entity<State: EntityState>(_ key: EntityKey, in table: Table) throws(ProjectionError) -> State? {
    try value(RowKey(key), in: table) { try State.decode($0, form: form) }
  }

  /// The orders, tickets, messages and credit notes that belong to an identifier, by kind, then key. O(log n + entities).
  package func entities(of owner: IdentifierKey) throws(ProjectionError) -> [EntityKey] {
    var keys: [EntityKey] = []
    try scan(tables.owned, prefix: RowKey(owner)) { key, _ in
      keys.append(try StoredKey.ownedEntity(key))
      return true
    }
    return keys
  }

  /// Calls `body` for every order in the order of keys until it returns false. O(n).
  package func forEachOrder(_ body: (OrderState) throws -> Bool) throws {
    try forEach(in: tables.orders, from: nil) { _, row in try body(try OrderState.decode(row, form: form)) }
  }

  /// Calls `body` for every ticket in the order of keys until it returns false. O(n).
  package func forEachTicket(_ body: (TicketState) throws -> Bool) throws {
    try forEach(in: tables.tickets, from: nil) { _, row in try body(try TicketState.decode(row, form: form)) }
  }

  /// Calls `body` for every message in the order of keys until it returns false. O(n).
  package func forEachMessage(_ body: (MessageState) throws -> Bool) throws {
    try forEach(in: tables.messages, from: nil) { _, row in try body(try MessageState.decode(row, form: form)) }
  }

  /// The positions of all events that concern one of the subjects, ascending and each once. A subject is the hash of an
  /// identifier's or an entity's key: for a person those of all members and of all that they own. O(events).
  package func timeline(of subjects: some Sequence<Hash128>) throws(ProjectionError) -> [Position] {
    var positions: Set<Position> = []
    for subject in subjects {
      try scan(tables.timeline, prefix: RowKey(subject)) { _, row in
        positions.formUnion(try TimelineRows.positions(row))
        return true
      }
    }
    return positions.sorted()
  }

  /// What belongs to a person, and whether it counts, as orders may not. O(entities).
  package func owned(by person: IdentifierKey) throws(ProjectionError) -> [EntityKey: Bool] {
    var owned: [EntityKey: Bool] = [:]
    for member in try members(of: person) {
      for entity in try entities(of: member) {
        owned[entity] = entity.kind == .order ? try order(entity)?.counts ?? false : true
      }
    }
    return owned
  }

  /// The positions of events that carry one of the identifiers and are anchored on another one that may or may not be
  /// among them; ascending. O(events of the anchors).
  package func carriers(of members: [IdentifierKey]) throws(ProjectionError) -> [Position] {
    var anchors: Set<Hash128> = []
    for member in members {
      for pair in try links(of: member) where pair.other == member { anchors.insert(pair.anchor.hash) }
    }
    return try timeline(of: anchors)
  }

  /// The subjects whose timelines make up that of a person: its identifiers and what they own.
  package func subjects(of person: IdentifierKey) throws(ProjectionError) -> [Hash128] {
    var subjects: [Hash128] = []
    for member in try members(of: person) {
      subjects.append(member.hash)
      for entity in try entities(of: member) { subjects.append(entity.hash) }
    }
    return subjects
  }
}
