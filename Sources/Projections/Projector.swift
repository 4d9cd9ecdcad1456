package import EventLog
package import Events
import Hashing
import Identity
import JSON
import KeyValueStore
import ReadModels

/// Brings a generation up to the end of the log, batch by batch; the checkpoint moves in the same transaction.
package struct Projector {
  /// How many states a batch may hold in memory.
  package struct Limits: Sendable {
    /// For a generation that has no rows yet.
    package var freshStatesMax = 900_000
    /// For one that has: there each state may touch pages of its own, and a transaction should not touch too many.
    package var statesMax = 25_000

    package init(freshStatesMax: Int = 900_000, statesMax: Int = 25_000) {
      self.freshStatesMax = freshStatesMax
      self.statesMax = statesMax
    }
  }

  private let generation: Generation
  private let rules: IdentifierRules
  private let limits: Limits

  package init(_ generation: Generation, rules: IdentifierRules, limits: Limits = Limits()) {
    self.generation = generation
    self.rules = rules
    self.limits = limits
  }

  /// Folds all events that the generation has not seen. Returns how many. `progress` gets the position reached.
  @discardableResult
  package func catchUp(_ log: EventLog, progress: (Position) -> Void = { _ in }) throws(ProjectionError) -> Int {
    try projectionErrors {
      var folded = 0
      let reader = LogReader(log)
      while true {
        let count = try foldBatch(reader, progress: progress)
        if count == 0 { return folded }
        folded += count
      }
    }
  }

  private func foldBatch(_ reader: LogReader, progress: (Position) -> Void) throws -> Int {
    guard try reader.batch(holding: generation.checkpoint().position + 1) != nil else { return 0 }
    let transaction = try generation.environment.beginWrite()
    var writer = DigestedWriter(transaction, checkpoint: try generation.checkpoint())
    let start = writer.checkpoint.position
    var set = WorkingSet(generation.tables, rules: rules)
    let statesMax = writer.isFresh ? limits.freshStatesMax : limits.statesMax
    let parser = JSONParser()
    while set.count < statesMax, let batch = try reader.batch(holding: writer.checkpoint.position + 1) {
      try batch.forEach(from: writer.checkpoint.position + 1) { event in
        try fold(event, parser, into: &set, writer)
      }
      writer.checkpoint.position = batch.last
      progress(batch.last)
    }
    let count = Int(writer.checkpoint.position - start)
    try BatchWriter(tables: generation.tables, rules: rules).write(set, to: &writer)
    try writer.commit(generation.tables)
    return count
  }

  /// An event that cannot be read is parked with its reason: no event stops a projection.
  private func fold(
    _ event: LoggedEvent, _ parser: JSONParser, into set: inout WorkingSet, _ writer: borrowing DigestedWriter
  ) throws {
    do {
      let root = try parser.parse(padded: event.padded, count: event.documentBytes)
      try set.fold(try FoldedEvent(root, position: event.position), in: writer)
    } catch let error as UnfoldableEvent {
      set.park(event.position, error.reason)
    } catch let error as JSONError {
      set.park(event.position, error.description)
    }
  }
}

/// Writes what a batch changed: states, the index of owners, timelines, people.
private struct BatchWriter {
  let tables: ProfileTables
  let rules: IdentifierRules

  func write(_ set: WorkingSet, to writer: inout DigestedWriter) throws {
    var touched = Set(set.identifiers.states.keys)
    let (orderOwners, creditOwners) = (
      try moveOwners(set.orders, &touched, &writer), try moveOwners(set.credits, &touched, &writer)
    )
    writer.checkpoint.ordersWithoutOwner += orderOwners
    writer.checkpoint.creditsWithoutOwner += creditOwners
    _ = try moveOwners(set.tickets, &touched, &writer)
    _ = try moveOwners(set.messages, &touched, &writer)
    let links = Array(set.links.states.keys)
    try Grouping(tables: tables, rules: rules).regroup(touched: touched, links: links, from: set, in: &writer)
    try set.identifiers.write(to: &writer)
    try set.links.write(to: &writer)
    try set.orders.write(to: &writer)
    try set.tickets.write(to: &writer)
    try set.messages.write(to: &writer)
    try set.credits.write(to: &writer)
    for (subject, positions) in set.timeline.sorted(by: { $0.key < $1.key }) {
      try TimelineRows.append(positions, to: subject, in: tables, &writer)
    }
    writer.checkpoint.digest.add(set.timelineDigest)
    for (position, reason) in set.parked {
      try writer.putIndex(Array(reason.utf8), forKey: EventKey.of(position), in: tables.parked)
    }
  }

  /// Keeps the index of owned entities in step; the owners, old and new, are touched.
  /// Returns by how much the number of entities without an owner has changed.
  private func moveOwners<State: EntityState>(
    _ cache: StateCache<EntityKey, State>, _ touched: inout Set<IdentifierKey>, _ writer: inout DigestedWriter
  ) throws -> Int {
    var change = 0
    for (entity, state) in cache.states.sorted(by: { $0.key < $1.key }) {
      let before = try cache.stored(entity, in: writer)
      let old = before?.owner.map { IdentifierKey($0.identifier) }
      let new = state.owner.map { IdentifierKey($0.identifier) }
      if let new { touched.insert(new) }
      if old == new, before != nil { continue }
      if let old {
        touched.insert(old)
        try writer.deleteIndex(RowKey.owned(old, entity), in: tables.owned)
      }
      if let new { try writer.putIndex([], forKey: RowKey.owned(new, entity), in: tables.owned) }
      change += (new == nil ? 1 : 0) - (before != nil && old == nil ? 1 : 0)
    }
    return change
  }
}

/// Keys that are positions.
enum EventKey {
  static func of(_ position: Position) -> [UInt8] { withUnsafeBytes(of: position.bigEndian) { Array($0) } }
}
