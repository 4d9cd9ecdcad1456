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
  func commit(to log: EventLog, with tools: CommitTools, received: Instant, counting summary: inout IngestSummary) throws {
    let batch = chunks.flatMap { chunk in chunk.events.map { BatchEvent(chunk: chunk, document: $0) } }
    var appender = try log.append(with: tools.compressor)
    let verdicts = try tools.deduplicator.judge(batch, in: appender)
    var counted = summary
    var entries: [(hash: UInt64, position: Position)] = []
    entries.reserveCapacity(batch.count)
    for (event, verdict) in zip(batch, verdicts) {
      switch verdict {
      case .new:
        let position = try event.withDocument { try appender.append(UnsafeRawBufferPointer($0), received: received) }
        entries.append((event.hash, position))
        counted.countAccepted(at: position, lines: event.document.origin.lineCount)
      case .duplicate:
        counted.countDuplicate(lines: event.document.origin.lineCount)
      case .conflict(let twin):
        let reject = event.conflict(with: twin, received: received)
        try appender.reject(reject)
        counted.countConflict(reject, lines: event.document.origin.lineCount)
      }
    }
    for chunk in chunks {
      for (reject, _) in chunk.rejects { try appender.reject(reject) }
      counted.count(chunk)
    }
    try appender.index(entries)
    try appender.commit()
    summary = counted
  }
}

/// What every commit needs and no two need at once.
final class CommitTools {
  let compressor: ZstandardCompressor
  let deduplicator = Deduplicator()

  init() { compressor = ZstandardCompressor(level: 1) }
}

extension BatchEvent {
  func conflict(with twin: Verdict.Twin, received: Instant) -> Reject {
    let place =
      switch twin {
      case .stored(let position): "the event at position \(position)"
      case .earlierInBatch: "an event that came just before"
      }
    return Reject(
      kind: .conflict, reason: "same source and id as \(place), but other content", file: chunk.file,
      line: document.origin.line, received: received, input: "ndjson", original: withDocument { Array($0) })
  }
}
