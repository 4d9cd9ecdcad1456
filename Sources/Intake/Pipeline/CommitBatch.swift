import Compression
import EventLog
import Events

/// An event of the batch that is being committed, as a slice of its chunk.
struct BatchEvent {
  let chunk: PreparedChunk
  let document: PreparedChunk.Document

  var hash: UInt64 { document.hash }

  func withDocument<Result>(_ body: (UnsafeBufferPointer<UInt8>) throws -> Result) rethrows -> Result {
    try chunk.documents.withUnsafeBufferPointer { try body(UnsafeBufferPointer(rebasing: $0[document.range])) }
  }

  /// What the quarantine keeps of an event whose (source, id) another one has.
  func conflict(with twin: Verdict.Twin, received: Instant) -> Reject {
    let place =
      switch twin {
      case .stored(let position): "the event at position \(position)"
      case .earlierInBatch: "an event that came just before"
      }
    return Reject(
      kind: .conflict, reason: "same source and id as \(place), but other content", file: chunk.file,
      line: document.origin.line, received: received, input: chunk.input, original: withDocument { Array($0) })
  }
}

/// Chunks that are committed together: as many as make the cost of one synced transaction small.
struct CommitBatch {
  private static let eventsTarget = 50_000
  private static let bytesTarget = 24 << 20

  private(set) var chunks: [PreparedChunk] = []
  private var events = 0
  private var bytes = 0

  var isEmpty: Bool { chunks.isEmpty }
  var isLarge: Bool { events >= Self.eventsTarget || bytes >= Self.bytesTarget }

  mutating func add(_ chunk: PreparedChunk) {
    chunks.append(chunk)
    events += chunk.events.count
    bytes += chunk.documents.count + chunk.rejects.reduce(0) { $0 + $1.reject.original.count }
  }

  mutating func removeAll() { self = CommitBatch() }

  /// Judges and appends everything in one transaction, and counts it. Durable when it returns.
  func commit(
    to log: EventLog, with tools: CommitTools, received: Instant, counting summary: inout IngestSummary
  ) throws {
    var counted = summary
    try tools.knownRejects.notice()
    var appender = try log.append(with: tools.compressor)
    try appendEvents(to: &appender, tools, received: received, counting: &counted)
    for chunk in chunks {
      for (reject, _) in chunk.rejects where try tools.knownRejects.insert(reject) { try appender.reject(reject) }
      counted.count(chunk)
    }
    try appender.commit()
    summary = counted
  }

  private func appendEvents(
    to appender: inout LogAppender, _ tools: CommitTools, received: Instant, counting summary: inout IngestSummary
  ) throws {
    let events = chunks.flatMap { chunk in chunk.events.map { BatchEvent(chunk: chunk, document: $0) } }
    var entries: [(hash: UInt64, position: Position)] = []
    entries.reserveCapacity(events.count)
    for (event, verdict) in zip(events, try tools.deduplicator.judge(events, in: appender)) {
      let lineCount = event.document.origin.lineCount
      switch verdict {
      case .new:
        let position = try event.withDocument { try appender.append(UnsafeRawBufferPointer($0), received: received) }
        entries.append((event.hash, position))
        summary.countAccepted(at: position, lines: lineCount)
      case .duplicate: summary.countDuplicate(lines: lineCount)
      case .conflict(let twin):
        let reject = event.conflict(with: twin, received: received)
        if try tools.knownRejects.insert(reject) { try appender.reject(reject) }
        summary.countConflict(reject, lines: lineCount)
      }
    }
    try appender.index(entries)
  }
}

/// What every commit needs and no two need at once.
final class CommitTools {
  let compressor = ZstandardCompressor(level: 1)
  let deduplicator = Deduplicator()
  let knownRejects: KnownRejects

  init(_ log: EventLog) { knownRejects = KnownRejects(log) }
}
