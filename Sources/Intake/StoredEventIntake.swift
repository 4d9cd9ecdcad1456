package import EventLog
import Events
import JSON

/// Takes events out of one log into another: every event once, in the order in which it comes, received when it was.
///
/// Events were checked when they were first taken, and are not checked again. One that was there already is left out; another one
/// with the source and id of an earlier one goes to the quarantine, as it would have then.
package struct StoredEventIntake {
  private static let eventsPerCommit = 50_000

  private let log: EventLog
  private let tools: CommitTools
  private let parser = JSONParser()
  private var events: [(event: BatchEvent, received: Instant)] = []
  private var rejects: [Reject] = []
  /// Events and quarantined documents that the log has now, and events that came again.
  package private(set) var accepted = 0
  package private(set) var rejected = 0
  package private(set) var repeated = 0

  package init(into log: EventLog) {
    self.log = log
    tools = CommitTools(log)
  }

  /// Takes the events of a batch from a position on; durable after the commit that comes when there are many, or after ``commit()``.
  package mutating func take(_ batch: LogBatch, from first: Position = 0) throws {
    let chunk = PreparedChunk(file: "another log", input: LineSource.name)
    batch.withContent { chunk.documents = Array($0) }
    var end = 0
    batch.forEach { logged in
      let range = end..<end + logged.documentBytes
      end = range.upperBound + 1
      guard logged.position >= first else { return }
      let origin = LineOrigin(line: Int(clamping: logged.position), lineCount: 1)
      chunk.events.append(.init(range: range, hash: hash(of: logged), origin: origin))
      events.append((BatchEvent(chunk: chunk, document: chunk.events[chunk.events.count - 1]), logged.received))
    }
    if events.count >= Self.eventsPerCommit { try commit() }
  }

  /// Takes a quarantined document, likewise.
  package mutating func take(_ reject: Reject) throws {
    rejects.append(reject)
    if rejects.count >= Self.eventsPerCommit { try commit() }
  }

  /// Makes the quarantine the same as another log's, numbers included; durable when it returns. O(rejects of both).
  package func copyRejects(of other: EventLog) throws {
    var appender = try log.append(with: tools.compressor)
    try appender.copyRejects(of: other)
    try appender.commit()
  }

  /// Makes everything durable that was taken.
  package mutating func commit() throws {
    guard !events.isEmpty || !rejects.isEmpty else { return }
    var appender = try log.append(with: tools.compressor)
    var entries: [(hash: UInt64, position: Position)] = []
    let verdicts = try tools.deduplicator.judge(events.map(\.event), in: appender)
    for ((event, received), verdict) in zip(events, verdicts) {
      switch verdict {
      case .new:
        let position = try event.withDocument { try appender.append(UnsafeRawBufferPointer($0), received: received) }
        entries.append((event.hash, position))
      case .duplicate: repeated += 1
      case .conflict(let twin): rejects.append(event.conflict(with: twin, received: received))
      }
    }
    try appender.index(entries)
    for reject in rejects where try tools.knownRejects.insert(reject) {
      try appender.reject(reject)
      rejected += 1
    }
    try appender.commit()
    accepted += entries.count
    (events, rejects) = ([], [])
  }

  /// Of (source, id); of the whole document where an older program has stored one that does not parse today.
  private func hash(of event: LoggedEvent) -> UInt64 {
    guard let document = try? parser.parse(padded: event.padded, count: event.documentBytes),
      let source = document["source"], let id = document["id"]
    else {
      return UnsafeRawBufferPointer(event.document).withMemoryRebound(to: UInt8.self) { IdentityHash.of(.init($0)) }
    }
    return (Array(source.bytes) + [0] + Array(id.bytes)).withUnsafeBytes { IdentityHash.of($0) }
  }
}
