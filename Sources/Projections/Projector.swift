package import EventLog
import KeyValueStore

/// Brings a generation up to the end of the log; the checkpoint moves in the transaction that folds.
///
/// A generation without rows is filled in one go, in key order; one that has some is changed batch by batch.
package struct Projector {
  /// What bounds the memory and the transactions of a projector.
  package struct Limits: Sendable {
    /// About how many bytes of memory filling a generation may take: states beyond that are set aside in a file and
    /// merged in the end.
    package var memoryMax = 1 << 30
    /// The states that a thread holds in memory while a generation is filled, whatever their size.
    package var freshStatesMax = Int.max
    /// The states of a batch that changes a generation; nil for as many as its size allows.
    package var statesMax: Int?
    /// The pages that a transaction may change while a generation is filled, in bytes.
    package var loadBytesMax = 64 << 20

    package init() {}
  }

  let generation: Generation
  let settings: FoldSettings
  let limits: Limits

  /// A generation that has events keeps the identity rules and the window that it was made by: others would group the
  /// identifiers of a batch differently from all others. See ``Regrouping``.
  package init(_ generation: Generation, _ settings: FoldSettings, limits: Limits = Limits()) {
    self.generation = generation
    self.settings = settings
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
        let last = try log.info().last
        guard position <= last else { throw ProjectionError.ahead(generation.number, position, ofLogThrough: last) }
        guard last > position else { return folded }
        folded += position == 0 ? try fill(log, progress) : try change(reader, progress)
      }
    }
  }

  private func fill(_ log: EventLog, _ progress: (Position) -> Void) throws -> Int {
    // It may take several transactions, between which nobody else must write. LMDB keeps its own locks in another file.
    let lock = try FileLock(path: generation.path)
    defer { lock.release() }
    var writer = try GenerationWriter(generation, loadBytesMax: limits.loadBytesMax)
    // Another process may have filled it while this one waited.
    guard writer.isFresh else { return 0 }
    try writer.clear()
    let last = try log.info().last
    let fold = FreshFold(tables: generation.tables, settings: settings, limits: limits, path: generation.path)
    let source = try fold.fold(log, through: last, progress)
    writer.checkpoint.position = last
    try BulkLoad(settings, source).write(to: &writer)
    try source.set.freeStates()
    try writer.commit()
    return Int(last)
  }

  /// As many states as a transaction has pages for. Each touches up to four rows, and in a large generation each row a
  /// page of its own, besides those above it. A small generation has no more pages than it has.
  private var statesMax: Int {
    get throws {
      let (pages, spare, rowsPerPage) = (try generation.environment.statistics.pageCount, 60_000, 6)
      return max(15_000, min(1_000_000, (spare - pages) * rowsPerPage))
    }
  }

  /// The settings by which a generation that has rows is changed.
  func settingsOfGeneration() throws -> FoldSettings {
    var settings = settings
    if let stored = try generation.settings() {
      settings.identifiers = stored.identifiers
      settings.attributionWindow = stored.attributionWindow
    }
    return settings
  }

  private func change(_ reader: LogReader, _ progress: (Position) -> Void) throws -> Int {
    let settings = try settingsOfGeneration()
    var writer = try GenerationWriter(generation, loadBytesMax: limits.loadBytesMax)
    let statesMax = try limits.statesMax ?? self.statesMax
    let start = writer.checkpoint.position
    var folding = EventFolding(generation.tables, settings)
    while folding.set.weight < statesMax, let block = try reader.batch(holding: writer.checkpoint.position + 1) {
      try folding.fold(block, from: writer.checkpoint.position + 1, in: writer)
      writer.checkpoint.position = block.last
      progress(block.last)
    }
    let count = Int(writer.checkpoint.position - start)
    try BatchWriting(settings).write(folding.set, to: &writer)
    try writer.commit()
    return count
  }
}
