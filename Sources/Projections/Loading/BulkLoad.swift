import EventLog
import Events
import Hashing
import Identity
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
    let people = PeopleLoad(rules: settings.identifiers, keepsEntities: source.isInMemory)
    try write(states(people), to: &writer) { try people.add($0.facts) }
    writer.checkpoint.ordersWithoutOwner = people.ownerless[.order, default: 0]
    writer.checkpoint.creditsWithoutOwner = people.ownerless[.credit, default: 0]
    let resolved = try writeTimelines(resolving: people, to: &writer)
    let rows = PeopleRows(people: resolved, tables: set.tables)
    let (made, owned) = try peopleAndOwned(resolved, rows, &writer)
    try write(rows.indices + [owned, made], to: &writer)
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
      source.pieces(
        set.identifiers,
        FactReading {
          people.facts($0, $1, $2.summary)
        } ofRow: {
          try people.facts($0, $1, form: $2)
        } finish: {
          .identifiers($0)
        }),
      source.pieces(
        set.links,
        FactReading {
          ($0, $2.firstSeen)
        } finish: {
          .links($0)
        }),
      source.pieces(
        set.decisions,
        FactReading {
          ($0, $2.bearing)
        } finish: {
          .decisions($0)
        }),
      entities(set.orders) { $0.add($1) }, entities(set.tickets), entities(set.messages) { $0.add($1) },
      entities(set.credits),
    ]
  }

  private func entities<State: EntityState & CachedState>(
    _ table: StateTable<Hash128, State>, tally: @escaping (inout Tallies, borrowing State) -> Void = { _, _ in }
  ) -> PieceSource {
    let facts = FactReading<Hash128, State, PeopleLoad.Entity> { key, place, state in
      PeopleLoad.Entity(OwnedEntity(kind: State.kind, key: key, place: UInt32(place)), owner: state.ownerKey)
    } ofRow: { key, row, form in
      PeopleLoad.Entity(
        OwnedEntity(kind: State.kind, key: key, place: 0), owner: try State.owner(ofStored: row, form: form)?.hash)
    } finish: {
      .entities($0)
    }
    return source.pieces(table, facts, tally: tally)
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
    if case .runs(let files) = source.origin { for file in files { file.giveBack() } }
    guard let resolved else { throw ProjectionError.damaged("people were not resolved") }
    return resolved
  }

  /// Gives the work of some people after the other, and that of what belongs to whom.
  private func peopleAndOwned(
    _ people: ResolvedPeople, _ rows: PeopleRows, _ writer: inout GenerationWriter
  ) throws -> (people: PieceSource, owned: PieceSource) {
    if source.isInMemory { return (pieces(of: people), rows.owned) }
    let files = try statesByPerson(people, writer.generation)
    for file in files { writer.tallies.merge(file.tallies) }
    let made = PeopleFromFiles(
      people: people, files: files, settings: settings, tables: set.tables, form: source.form)
    return (source.parts { try made.rows(part: $0) }, source.parts { try made.owned(part: $0) })
  }

  /// Deals the states out to people, on as many threads as may read them.
  private func statesByPerson(_ people: ResolvedPeople, _ generation: Generation) throws -> [StatesByPerson] {
    let peopleOfAll = people.people()
    let files = (0..<source.workers).map {
      StatesByPerson(people.load, people: peopleOfAll, path: generation.path + "-people-\($0)")
    }
    func deal(_ number: Int) throws {
      try source.withRows(generation) { rows in
        for part in stride(from: number, to: StatesByPerson.partCount, by: files.count) {
          try files[number].add(rows, part: part)
          if part % 16 == 0 { rows.reference.environment.releaseMappedPages() }
        }
      }
      try files[number].finish()
    }
    if files.count == 1 {
      try deal(0)
    } else {
      try concurrently {
        try deal(1)
      } _: {
        try deal(0)
      }
    }
    return files
  }

  private func pieces(of people: ResolvedPeople) -> PieceSource {
    let peopleMax = 4096
    var start = 0
    return {
      guard start < people.roots.count else { return nil }
      let roots = people.roots[start..<min(start + peopleMax, people.roots.count)]
      start = roots.endIndex
      return { try rows(of: roots, people) }
    }
  }

  private func rows(of roots: ArraySlice<Int>, _ people: ResolvedPeople) throws -> LoadedRows {
    var rows = LoadedRows(batch: RowBatch(set.tables.people, .people, rows: roots.count * 2))
    rows.isSorted = false
    for root in roots {
      let (key, person) = try people.person(root, set, .inMemory, settings)
      rows.add(person, key)
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
    if source.isInMemory { return try body(.inMemory) }
    return try source.withRows(generation) { try body(StateLookup(rows: $0)) }
  }
}

extension LoadSource {
  /// The form of the rows that states are read from again.
  fileprivate var form: UInt32 {
    if case .stored(let rows) = origin { rows.checkpoint.version } else { RowForm.current }
  }

  /// Lends the rows of states that are not in memory: those of another generation, or those that were written just now.
  fileprivate func withRows<Result>(_ generation: Generation, _ body: (StoredRows) throws -> Result) throws -> Result {
    if case .stored(let rows) = origin { return try body(rows) }
    let result = try generation.environment.read { transaction in
      try body(StoredRows(transaction.reference, generation.tables, Checkpoint()))
    }
    return result
  }
}
