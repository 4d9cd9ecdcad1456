package import EventLog
import Events
import JSON

extension Ingest {
  /// What became of a quarantined document that was offered again.
  package enum RetryOutcome: Sendable {
    case accepted, duplicate, rejected
  }

  /// Offers one quarantined document again. In one transaction it enters the log, unless it is there already, and
  /// leaves the quarantine; a document that is rejected again stays as it is.
  package func retry(_ reject: Reject, number: UInt64, in log: EventLog) throws -> RetryOutcome {
    guard let event = prepared(reject) else { return .rejected }
    switch try append(event, received: reject.received, to: log, leaving: number) {
    case .new: return .accepted
    case .duplicate: return .duplicate
    case .conflict: return .rejected
    }
  }

  /// Takes one event, durably when it returns; nothing is quarantined. Throws ``EventRefused``.
  package func take(_ document: [UInt8], into log: EventLog) throws {
    var preparer = EventPreparer(rules)
    let padding = [UInt8](repeating: 0x20, count: JSONParser.padding)
    let chunk = LineChunk(bytes: document + padding, count: document.count, file: "", firstLine: 1)
    let prepared = preparer.prepare(chunk, input: "command")
    guard let event = prepared.events.first.map({ BatchEvent(chunk: prepared, document: $0) }) else {
      throw EventRefused(reason: prepared.rejects.first?.reject.reason ?? "there is no event")
    }
    if case .conflict = try append(event, received: rules.now(), to: log, leaving: nil) {
      throw EventRefused(reason: "the log has another event of the same source and id")
    }
  }

  /// Appends an event unless the log has it. In the same transaction a document leaves the quarantine, unless the log
  /// has another event of the same source and id.
  private func append(
    _ event: BatchEvent, received: Instant, to log: EventLog, leaving number: UInt64?
  ) throws -> Verdict {
    let tools = CommitTools(log)
    var appender = try log.append(with: tools.compressor)
    let verdict = try tools.deduplicator.judge([event], in: appender)[0]
    if case .conflict = verdict { return verdict }
    if case .new = verdict {
      let position = try event.withDocument { try appender.append(UnsafeRawBufferPointer($0), received: received) }
      try appender.index([(event.hash, position)])
    }
    if let number { _ = try appender.removeReject(number) }
    try appender.commit()
    return verdict
  }

  /// The event that a quarantined document is by today's rules. Nil for what was too long to be kept whole, and for
  /// rows and documents that are no events but what a mapping was to make events of.
  private func prepared(_ reject: Reject) -> BatchEvent? {
    guard !reject.isTruncated, reject.kind != .mapping else { return nil }
    var preparer = EventPreparer(rules)
    let chunk = preparer.prepare(LineChunk(reject), input: reject.input)
    return chunk.events.first.map { BatchEvent(chunk: chunk, document: $0) }
  }

  /// Deletes quarantined documents. Returns how many of the numbers were there.
  package func drop(_ numbers: [UInt64], from log: EventLog) throws -> Int {
    var appender = try log.append(with: CommitTools(log).compressor)
    var dropped = 0
    for number in numbers where try appender.removeReject(number) { dropped += 1 }
    try appender.commit()
    return dropped
  }
}

/// An event that the log did not take.
package struct EventRefused: Error, CustomStringConvertible {
  package let reason: String

  package var description: String { "the event was refused: \(reason)" }
}

extension LineChunk {
  /// A quarantined document as it was offered.
  fileprivate init(_ reject: Reject) {
    let padding = [UInt8](repeating: 0x20, count: JSONParser.padding)
    self.init(bytes: reject.original + padding, count: reject.original.count, file: reject.file, firstLine: reject.line)
  }
}
