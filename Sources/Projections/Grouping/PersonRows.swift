import Events
import Hashing
import Identity
import KeyValueStore
import ReadModels

/// Writes the rows of people that changed: who they are, and who belongs to them.
struct PersonRows {
  let settings: FoldSettings
  let grouping: GroupingRules
  let set: WorkingSet
  /// Identifiers whose state or whose entities changed.
  let touched: Set<Hash128>

  /// A person as stored before the batch.
  private struct Former {
    let key: Hash128
    let members: Set<Hash128>
    let rowHash: Hash128
    let person: Person
  }

  /// A person as it is to be stored. Nothing is stored of a value that links nobody and of which nothing else is known.
  private struct New {
    let key: Hash128
    let members: [Hash128]
    let person: Person?
  }

  /// Writes one person of all that belonged to others before. `labels`: their keys, and those of new identifiers.
  func write(person labels: [Hash128], _ writer: inout GenerationWriter) throws {
    let formers = try labels.compactMap { try former($0, writer) }
    try replace(formers, by: [try new(labels.flatMap { try writer.members(ofLabel: $0) }, writer)], &writer)
  }

  /// Finds and writes the people of a component, and its conflicts.
  func write(_ component: Component, _ writer: inout GenerationWriter) throws {
    let graph = component.graph
    let resolution = graph.resolve(grouping)
    try writeConflicts(component, resolution, &writer)
    var formers: [Hash128: Former] = [:]
    for label in component.labels { formers[label] = try former(label, writer) }
    var classes: [Int: [Hash128]] = [:]
    for (node, root) in resolution.roots.enumerated() { classes[root, default: []].append(graph.keys[node]) }
    var changed: [[Hash128]] = []
    for members in classes.values {
      if let same = try unchanged(members, formers, writer) { formers[same] = nil } else { changed.append(members) }
    }
    let new = try changed.sorted { $0[0] < $1[0] }.map { try self.new($0, writer) }
    try replace(formers.values.sorted { $0.key < $1.key }, by: new, &writer)
  }

  /// The key of the person that had these members before, if nothing about them has changed.
  private func unchanged(
    _ members: [Hash128], _ formers: [Hash128: Former], _ writer: borrowing GenerationWriter
  ) throws -> Hash128? {
    guard let label = try writer.label(of: members[0]), let former = formers[label] else { return nil }
    return former.members == Set(members) && touched.isDisjoint(with: members) ? label : nil
  }

  private func writeConflicts(
    _ component: Component, _ resolution: Resolution, _ writer: inout GenerationWriter
  ) throws {
    let refused = Set(resolution.refused)
    for (index, link) in component.links.enumerated() {
      if refused.contains(index) {
        try writer.putEmptyIndex(link.row, in: writer.tables.conflicts)
      } else {
        try link.row.withBytes { try writer.deleteIndex($0, in: writer.tables.conflicts) }
      }
    }
  }

  private func former(_ key: Hash128, _ writer: borrowing GenerationWriter) throws -> Former? {
    try RowKey(key).withBytes { keyBytes in
      try writer.withRow(keyBytes, in: writer.tables.people) { row in
        let person = try Person(decoding: row)
        let members = Set(person.contacts.map { IdentifierKey($0.identifier).hash })
        return Former(key: key, members: members, rowHash: rowHash(.people, keyBytes, row), person: person)
      }
    }
  }

  private func replace(_ formers: [Former], by people: [New], _ writer: inout GenerationWriter) throws {
    let kept = Set(people.lazy.filter { $0.person != nil }.map(\.key))
    let old = Dictionary(formers.lazy.map { ($0.key, $0.rowHash) }) { first, _ in first }
    for former in formers {
      writer.checkpoint.stages[Int(former.person.stage.rawValue)] -= 1
      writer.tallies.subtract(former.person)
      guard !kept.contains(former.key) else { continue }
      try RowKey(former.key).withBytes { try writer.delete($0, in: writer.tables.people, .people, old: former.rowHash) }
    }
    for new in people {
      try enrol(new.members, in: new.key, &writer)
      guard let person = new.person else { continue }
      writer.checkpoint.stages[Int(person.stage.rawValue)] += 1
      writer.tallies.add(person)
      try RowKey(new.key).withBytes { key in
        try person.encoded().withUnsafeBytes {
          try writer.put($0, forKey: key, in: writer.tables.people, .people, old: old[new.key])
        }
      }
    }
  }

  private func enrol(_ members: [Hash128], in person: Hash128, _ writer: inout GenerationWriter) throws {
    for member in members where try writer.label(of: member) != person {
      try RowKey(member).withBytes { key in
        try RowKey(person).withBytes { try writer.putIndex($0, forKey: key, in: writer.tables.membership) }
      }
    }
  }
}

extension PersonRows {
  private func new(_ members: [Hash128], _ writer: borrowing GenerationWriter) throws -> New {
    var builder = PersonBuilder(attributionWindow: settings.attributionWindow)
    var hasFacts = false
    for member in members {
      guard let state = try set.identifiers.state(member, in: writer) else {
        throw ProjectionError.damaged("the identifier \(member), which belongs to a person, has no row")
      }
      builder.add(state, strength: grouping.rank(ofType: state.identifier.type))
      let entities = try owned(by: member, in: writer)
      for entity in entities { try add(entity, to: &builder, writer) }
      hasFacts = hasFacts || state.events > 0 || !entities.isEmpty
    }
    let person = builder.finish()
    guard let strongest = person.contacts.first else { throw ProjectionError.damaged("a person has no identifier") }
    let isNobody = try members.count == 1 && !hasFacts && writer.standing(of: members[0]) != .linking
    return New(key: IdentifierKey(strongest.identifier).hash, members: members, person: isNobody ? nil : person)
  }

  private func add(
    _ entity: EntityKey, to builder: inout PersonBuilder, _ writer: borrowing GenerationWriter
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
