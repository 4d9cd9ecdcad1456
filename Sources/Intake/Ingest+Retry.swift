package import EventLog
import Events
import JSON

extension Ingest {
  package enum RetryOutcome: Sendable {
    case accepted, duplicate, rejected
  }

  /// Offers one quarantined document again. In one transaction it enters the log and leaves the quarantine, or stays.
  package func retry(_ reject: Reject, number: UInt64, in log: EventLog) throws -> RetryOutcome {
    var preparer = EventPreparer(rules)
    let chunk = preparer.prepare(LineChunk(reject), input: reject.input)
    guard let event = chunk.events.first.map({ BatchEvent(chunk: chunk, document: $0) }) else { return .rejected }
    let tools = CommitTools()
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

  /// Deletes quarantined documents. Returns how many of the numbers were there.
  package func drop(_ numbers: [UInt64], from log: EventLog) throws -> Int {
    var appender = try log.append(with: CommitTools().compressor)
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
