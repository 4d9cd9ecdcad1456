import Events
import Hashing
import Identity
import KeyValueStore
import ReadModels

/// Combines states into people.
extension PeopleLoad {
  func person(
    _ members: ArraySlice<Int>, _ entities: Groups<OwnedEntity>, _ writer: borrowing GenerationWriter
  ) throws -> Person {
    var builder = PersonBuilder()
    for member in members {
      try add(member, to: &builder, writer)
      for entity in entities[member] { try add(entity, to: &builder, writer) }
    }
    return builder.finish()
  }

  private func add(_ index: Int, to builder: inout PersonBuilder, _ writer: borrowing GenerationWriter) throws {
    let strength = Int(graph.ranks[index])
    if source.isInMemory {
      return source.set.identifiers.states.withState(index) { builder.add($0, strength: strength) }
    }
    builder.add(try stored(source.set.identifiers, keys[index], writer), strength: strength)
  }

  private func add(
    _ entity: OwnedEntity, to builder: inout PersonBuilder, _ writer: borrowing GenerationWriter
  ) throws {
    let (index, isInMemory) = (entity.index, source.isInMemory)
    switch entity.kind {
    case .order:
      if isInMemory { return source.set.orders.states.withState(index) { builder.add($0) } }
      builder.add(try stored(source.set.orders, entity.key, writer))
    case .ticket:
      if isInMemory { return source.set.tickets.states.withState(index) { builder.add($0) } }
      builder.add(try stored(source.set.tickets, entity.key, writer))
    case .message:
      if isInMemory { return source.set.messages.states.withState(index) { builder.add($0) } }
      builder.add(try stored(source.set.messages, entity.key, writer))
    case .credit:
      if isInMemory { return source.set.credits.states.withState(index) { builder.add($0) } }
      builder.add(try stored(source.set.credits, entity.key, writer))
    }
  }

  func identifier(_ index: Int, _ rows: borrowing some RowReading & ~Copyable) throws -> IdentifierState {
    if source.isInMemory { return source.set.identifiers.states.withState(index) { $0 } }
    return try stored(source.set.identifiers, keys[index], rows)
  }

  /// A state from the row that was just written.
  private func stored<State>(
    _ table: StateTable<Hash128, State>, _ key: Hash128, _ rows: borrowing some RowReading & ~Copyable
  ) throws -> State {
    guard let state = try RowKey(key).withBytes({ try rows.withRow($0, in: table.table) { try State.decode($0) } })
    else {
      throw ProjectionError.damaged("the row of \(key) is missing from the table of \(table.tag)")
    }
    return state
  }
}
