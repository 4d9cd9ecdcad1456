package import EventLog
package import Events
import KeyValueStore

/// Brings a generation up to the end of the log; the checkpoint moves in the transaction that folds.
///
/// A generation without rows is filled in one go, in key order; one that has some is changed batch by batch.
package struct Projector {
  /// What bounds the memory and the transactions of a projector.
  package struct Limits: Sendable {
    /// The states held in memory while a generation is filled, about one kilobyte each: beyond that they are set aside in
    /// a file and merged in the end.
    package var freshStatesMax = 1_000_000
    /// The states of a batch that changes a generation; nil for as many as its size allows.
    package var statesMax: Int?
    /// The pages that a transaction may change while a generation is filled, in bytes.
    package var loadBytesMax = 64 << 20

    package init() {}
  }

  private let generation: Generation
  private let rules: IdentifierRules
  private let limits: Limits

  /// `rules` are those of a generation without events. One that has some keeps its own: other rules would group the
  /// identifiers of a batch differently from all others. See ``Regrouping``.
  package init(_ generation: Generation, rules: IdentifierRules, limits: Limits = Limits()) {
    self.generation = generation
    self.rules = rules
    self.limits = limits
  }

  /// Folds all events that the generation has not seen. Returns how many. `progress` gets the position reached.
  @discardableResult
  package func catchUp(_ log: EventLog, progress: (Position) -> Void = { _ in }) throws(ProjectionError) -> Int {
    try projectionErrors {
      let reader = LogReader(log)
      var folded = 0
      while true {
        let position = try generation.checkpoint().position
        guard try log.info().last > position else { return folded }
        folded += position == 0 ? try fill(reader, progress) : try change(reader, progress)
      }
    }
  }

  private func fill(_ reader: LogReader, _ progress: (Position) -> Void) throws -> Int {
    // It may take several transactions, between which nobody else must write. LMDB keeps its own locks in another file.
    let lock = try FileLock(path: generation.path)
    defer { lock.release() }
    var writer = try GenerationWriter(generation, loadBytesMax: limits.loadBytesMax)
    // Another process may have filled it while this one waited.
    guard writer.isFresh else { return 0 }
    try writer.clear()
    var folding = EventFolding(generation.tables, rules: rules)
    let runs = RunFile(path: generation.path + "-runs")
    try folding.fold(reader, in: &writer, progress) { set in
      if set.weight >= limits.freshStatesMax { try runs.add(&set) }
      return true
    }
    if !runs.isEmpty { try runs.add(&folding.set) }
    let count = Int(writer.checkpoint.position)
    let source = LoadSource(folding.set, runs.isEmpty ? .memory : .runs(runs))
    try BulkLoad(rules: rules, source: source).write(to: &writer)
    try writer.commit()
    return count
  }

  /// As many states as a transaction has pages for. Each touches up to four rows, and in a large generation each row a
  /// page of its own, besides those above it. A small generation has no more pages than it has.
  private var statesMax: Int {
    get throws {
      let (pages, spare, rowsPerPage) = (try generation.environment.statistics.pageCount, 60_000, 6)
      return max(15_000, min(limits.freshStatesMax, (spare - pages) * rowsPerPage))
    }
  }

  private func change(_ reader: LogReader, _ progress: (Position) -> Void) throws -> Int {
    let rules = try generation.rules() ?? self.rules
    var writer = try GenerationWriter(generation, loadBytesMax: limits.loadBytesMax)
    let statesMax = try limits.statesMax ?? self.statesMax
    let start = writer.checkpoint.position
    var folding = EventFolding(generation.tables, rules: rules)
    try folding.fold(reader, in: &writer, progress) { $0.weight < statesMax }
    let count = Int(writer.checkpoint.position - start)
    try BatchWriting(rules: rules).write(folding.set, to: &writer)
    try writer.commit()
    return count
  }
}
