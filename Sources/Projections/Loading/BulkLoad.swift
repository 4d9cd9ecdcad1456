import EventLog
import Events
import Hashing
import KeyValueStore
import ReadModels
import Threads

/// Writes all rows of a generation that has none, each table in key order.
///
/// Two threads make rows, piece by piece, and the calling one writes them.
struct BulkLoad {
  private let settings: FoldSettings
  private let source: LoadSource
  private var set: WorkingSet { source.set }

  init(_ settings: FoldSettings, _ source: LoadSource) {
    self.settings = settings
    self.source = source
  }

  func write(to writer: inout GenerationWriter) throws {
    var people = PeopleLoad(rules: settings.identifiers)
    try write(states(people), to: &writer) { try people.add($0.facts) }
    writer.checkpoint.ordersWithoutOwner = people.ownerless[.order, default: 0]
    writer.checkpoint.creditsWithoutOwner = people.ownerless[.credit, default: 0]
    let resolved = try writeTimelines(resolving: people, to: &writer)
    let indices = PeopleRows(people: resolved, tables: set.tables).indices
    try write([indices, pieces(of: resolved, writer.generation)], to: &writer)
    try writeRest(to: &writer)
  }

  /// Writes the rows of all pieces, table after table; `body` gets what else there is in them.
  private func write(
    _ sources: [PieceSource], to writer: inout GenerationWriter, _ body: (LoadedRows) throws -> Void = { _ in }
  ) throws {
    var unsorted = UnsortedRows()
    try LoadPieces(workers: source.workers, sources).forEach { piece in
      if unsorted.table?.name != piece.batch.table.name { try unsorted.write(to: &writer) }
      if piece.isSorted { try writer.append(piece.batch) } else { unsorted.add(piece.batch) }
      note(piece, in: &writer)
      try body(piece)
    }
    try unsorted.write(to: &writer)
  }

  private func note(_ piece: LoadedRows, in writer: inout GenerationWriter) {
    writer.tallies.merge(piece.tallies)
    for (stage, count) in piece.stages.enumerated() { writer.checkpoint.stages[stage] += count }
  }

  private func states(_ people: PeopleLoad) -> [PieceSource] {
    [
      source.pieces(set.identifiers) {
        people.facts($0, $1, $2)
      } finish: {
        .identifiers($0)
      },
      source.pieces(set.links) {
        ($0, $2.firstSeen)
      } finish: {
        .links($0)
      },
      source.pieces(set.decisions) {
        ($0, $2.bearing)
      } finish: {
        .decisions($0)
      },
      entities(set.orders) { $0.add($1) }, entities(set.tickets), entities(set.messages) { $0.add($1) },
      entities(set.credits),
    ]
  }

  private func entities<State: EntityState & CachedState>(
    _ table: StateTable<Hash128, State>, tally: @escaping (inout Tallies, State) -> Void = { _, _ in }
  ) -> PieceSource {
    source.pieces(table, tally: tally) { key, place, state in
      let entity = OwnedEntity(kind: State.kind, key: key, place: UInt32(place))
      return PeopleLoad.Entity(entity: entity, owner: state.ownerKey)
    } finish: {
      .entities($0)
    }
  }

  /// Writes the timelines, and finds out meanwhile who is one person.
  private func writeTimelines(
    resolving people: PeopleLoad, to writer: inout GenerationWriter
  ) throws -> ResolvedPeople {
    // States that are not in memory are read back by other threads, which see what is committed.
    if case .runs = source.origin { try writer.renew() }
    let generation = writer.generation
    var resolved: ResolvedPeople?
    try concurrently {
      resolved = try withLookup(generation) { try ResolvedPeople(people, lookup: $0, set) }
    } _: {
      writer.checkpoint.digests[.timeline].add(source.timelineDigest)
      try write([source.timelinePieces], to: &writer)
    }
    guard let resolved else { throw ProjectionError.damaged("people were not resolved") }
    return resolved
  }

  /// Gives the work of some people after the other.
  private func pieces(of people: ResolvedPeople, _ generation: Generation) -> PieceSource {
    let peopleMax = 4096
    var start = 0
    return {
      guard start < people.roots.count else { return nil }
      // States that were read back from the file.
      if start % (peopleMax * 2) == 0 { generation.environment.releaseMappedPages() }
      let roots = people.roots[start..<min(start + peopleMax, people.roots.count)]
      start = roots.endIndex
      return { try withLookup(generation) { try rows(of: roots, people, $0) } }
    }
  }

  private func rows(
    of roots: ArraySlice<Int>, _ people: ResolvedPeople, _ lookup: StateLookup
  ) throws -> LoadedRows {
    var rows = LoadedRows(batch: RowBatch(set.tables.people, .people, rows: roots.count * 2))
    rows.isSorted = !lookup.isInMemory
    for root in roots {
      let (key, person) = try people.person(root, set, lookup, settings)
      rows.stages[Int(person.stage.rawValue)] += 1
      rows.tallies.add(person)
      rows.batch.add(RowKey(key)) { person.encode(to: &$0) }
    }
    return rows
  }

  private func writeRest(to writer: inout GenerationWriter) throws {
    try source.forEachParked { position, reason in
      try RowKey(position).withBytes { try writer.appendIndex(reason, forKey: $0, in: writer.tables.parked) }
    }
    let tallies = writer.tallies
    try tallies.fill(&writer)
    writer.tallies = Tallies()
    try writer.setSettings(settings, upcasters: try source.upcasters(settings))
  }

  private func withLookup<Result>(_ generation: Generation, _ body: (StateLookup) throws -> Result) throws -> Result {
    switch source.origin {
    case .memory: return try body(.inMemory)
    case .stored(let rows): return try body(StateLookup(rows: rows))
    case .runs:
      let result = try generation.environment.read { transaction in
        try body(StateLookup(rows: .init(transaction.reference, generation.tables, Checkpoint())))
      }
      return result
    }
  }
}
