package import EventLog
import Events
package import Mappings
import Threads

/// How an ingest is to be done.
package struct IngestOptions: Sendable {
  /// Lines of NDJSON to read at most, over all inputs, blank ones included. Inputs of a mapping are read whole.
  package var limit: Int?
  /// Threads that parse and check; one more writes.
  package var workers = 2

  package init() {}
}

/// How far an ingest is.
package struct IngestProgress: Sendable {
  /// Events of committed batches; of a check, those that are valid.
  package let events: Int
  /// Bytes of all inputs, as they lie on disk.
  package let bytesTaken: Int
}

/// Takes events from inputs into the log: parse and check on several threads, judge and append on this one.
package struct Ingest {
  let rules: IntakeRules
  let options: IngestOptions

  package init(rules: IntakeRules, options: IngestOptions = .init()) {
    self.rules = rules
    self.options = options
  }

  /// Reads NDJSON `paths` (`-` is standard input) to the end. Batches are durable one by one; after an error those
  /// before it are in the log, and running the same command again adds only the rest. Throws ``IngestInterrupted``.
  package func run(
    ndjson paths: [String], into log: EventLog, progress: (IngestProgress) -> Void = { _ in }
  ) throws -> IngestSummary {
    try run(LineSource(paths: paths, limit: options.limit), into: log, progress: progress)
  }

  /// Reads `paths` through a mapping; else as ``run(ndjson:into:progress:)``.
  package func run(
    _ paths: [String], mapping: Mapping, into log: EventLog, progress: (IngestProgress) -> Void = { _ in }
  ) throws -> IngestSummary {
    switch mapping.input {
    case .csv: try run(RowSource(paths: paths, mapping: mapping, now: rules.now), into: log, progress: progress)
    case .json: try run(BodySource(paths: paths, mapping: mapping), into: log, progress: progress)
    }
  }

  /// Checks the inputs, through a mapping or as NDJSON, and writes nothing. Duplicates are not looked for.
  /// - Parameter accepted: is given each event in the form in which it would be stored.
  package func check(
    _ paths: [String], mapping: Mapping?, accepted: (UnsafeBufferPointer<UInt8>) throws -> Void = { _ in }
  ) throws -> IngestSummary {
    switch mapping?.input {
    case nil: try check(LineSource(paths: paths, limit: options.limit), accepted)
    case .csv:
      try mapping.map { try check(RowSource(paths: paths, mapping: $0, now: rules.now), accepted) } ?? IngestSummary()
    case .json: try mapping.map { try check(BodySource(paths: paths, mapping: $0), accepted) } ?? IngestSummary()
    }
  }

  private func run(
    _ source: some InputSource, into log: EventLog, progress: (IngestProgress) -> Void
  ) throws -> IngestSummary {
    var committer = Committer(log, now: rules.now)
    do {
      do {
        try forEachChunk(of: source) { chunk in
          try committer.take(chunk)
          let events = committer.summary.accepted + committer.summary.duplicates
          progress(IngestProgress(events: events, bytesTaken: chunk.bytesTaken))
        }
      } catch let error as InputError {
        // What was read before an input failed is kept: it is as good as if the input had ended there.
        try committer.commit()
        throw error
      }
      try committer.commit()
    } catch {
      throw IngestInterrupted(cause: error, summary: committer.summary)
    }
    return committer.summary
  }

  private func check(
    _ source: some InputSource, _ accepted: (UnsafeBufferPointer<UInt8>) throws -> Void
  ) throws -> IngestSummary {
    var summary = IngestSummary()
    try forEachChunk(of: source) { chunk in
      summary.countChecked(chunk)
      for document in chunk.events {
        try BatchEvent(chunk: chunk, document: document).withDocument(accepted)
      }
    }
    return summary
  }

  func forEachChunk(of source: some InputSource, _ body: (PreparedChunk) throws -> Void) throws {
    var source = source
    let input = source.inputName
    let rules = rules
    let pipeline = OrderedPipeline(
      workers: options.workers, window: options.workers * 12, next: { try source.next() },
      makeWorker: { IntakeWorker(rules, input: input) }, transform: { worker, piece in worker.prepare(piece) })
    defer { pipeline.stop() }
    while let chunk = try pipeline.nextOutput() { try body(chunk) }
  }
}

/// An input could not be read, or the log not written, to the end. What came before is in the log.
package struct IngestInterrupted: Error, CustomStringConvertible {
  package let cause: any Error
  /// What is in the log and in the quarantine.
  package let summary: IngestSummary

  package var description: String {
    "\(cause); \(summary.accepted) events that came before are in the log, "
      + "and running the command again adds only the rest"
  }
}
