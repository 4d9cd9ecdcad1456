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
    let tools = CommitTools(log)
    var appender = try log.append(with: tools.compressor)
    switch try tools.deduplicator.judge([event], in: appender).first {
    case .new:
      let position = try event.withDocument {
        try appender.append(UnsafeRawBufferPointer($0), received: reject.received)
      }
      try appender.index([(event.hash, position)])
      _ = try appender.removeReject(number)
      try appender.commit()
      return .accepted
    case .duplicate:
      _ = try appender.removeReject(number)
      try appender.commit()
      return .duplicate
    case .conflict, nil: return .rejected
    }
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

extension LineChunk {
  /// A quarantined document as it was offered.
  fileprivate init(_ reject: Reject) {
    let padding = [UInt8](repeating: 0x20, count: JSONParser.padding)
    self.init(bytes: reject.original + padding, count: reject.original.count, file: reject.file, firstLine: reject.line)
  }
}
