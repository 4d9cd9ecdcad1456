package import EventLog
import Events
import JSON
package import Mappings

extension Ingest {
  /// What became of a quarantined document that was offered again.
  package struct RetryOutcome: Sendable, Equatable {
    /// Events that entered the log, and events that it had already.
    package var accepted = 0
    package var duplicates = 0
    /// Why the document stays in the quarantine, as of now; nil where it left it.
    package var reason: String?

    package init(accepted: Int = 0, duplicates: Int = 0, reason: String? = nil) {
      self.accepted = accepted
      self.duplicates = duplicates
      self.reason = reason
    }
  }

  /// Offers one quarantined document again. In one transaction its events enter the log, unless they are there already, and
  /// it leaves the quarantine. Of a body with several documents those that are still refused keep it there as it is, and the
  /// events of the others are taken.
  /// - Parameter mapping: the mapping that it was read by, as it is today; nil where it was read as an event, or where
  ///   there is no such mapping.
  package func retry(_ reject: Reject, number: UInt64, mapping: Mapping?, in log: EventLog) throws -> RetryOutcome {
    if reject.isTruncated { return RetryOutcome(reason: "it was too long to be kept whole") }
    let (events, refusal) = offered(reject, mapping)
    if let refusal, events.isEmpty { return RetryOutcome(reason: refusal) }
    return try append(events, received: reject.received, to: log, leaving: refusal == nil ? number : nil, refusal)
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
    if let reason = try append([event], received: rules.now(), to: log, leaving: nil, nil).reason {
      throw EventRefused(reason: reason)
    }
  }

  /// Appends those of the events that the log does not have. In the same transaction a document leaves the quarantine,
  /// unless the log has another event of one's source and id.
  private func append(
    _ events: [BatchEvent], received: Instant, to log: EventLog, leaving number: UInt64?, _ refusal: String?
  ) throws -> RetryOutcome {
    let tools = CommitTools(log)
    var appender = try log.append(with: tools.compressor)
    var outcome = RetryOutcome(reason: refusal)
    var entries: [(hash: UInt64, position: Position)] = []
    for (event, verdict) in zip(events, try tools.deduplicator.judge(events, in: appender)) {
      switch verdict {
      case .new:
        let position = try event.withDocument { try appender.append(UnsafeRawBufferPointer($0), received: received) }
        entries.append((event.hash, position))
        outcome.accepted += 1
      case .duplicate: outcome.duplicates += 1
      case .conflict(let twin):
        outcome.reason = outcome.reason ?? event.conflict(with: twin, received: received).reason
      }
    }
    try appender.index(entries)
    if let number, outcome.reason == nil { _ = try appender.removeReject(number) }
    try appender.commit()
    return outcome
  }

  /// The events that a quarantined document is, or makes, by today's rules, and why not all of it is taken.
  private func offered(_ reject: Reject, _ mapping: Mapping?) -> (events: [BatchEvent], refusal: String?) {
    var preparer = EventPreparer(rules)
    var refusal = "it was read by the mapping '\(reject.input)', and there is no channel of this name"
    if reject.isEvent {
      let lines = preparer.prepare(LineChunk(reject), input: reject.input)
      if !lines.events.isEmpty { return (lines.events.map { BatchEvent(chunk: lines, document: $0) }, nil) }
      refusal = lines.rejects.first?.reject.reason ?? reject.reason
    }
    guard let mapping else { return ([], refusal) }
    var isReadable = true
    let mapped = preparer.prepare(file: reject.file, input: reject.input, received: reject.received) { take in
      isReadable = Self.map(reject, mapping, take)
    }
    if !isReadable { refusal = "its header line is not understood" }
    return (
      mapped.events.map { BatchEvent(chunk: mapped, document: $0) },
      isReadable ? mapped.rejects.first?.reject.reason : refusal
    )
  }

  /// Hands over what a mapping makes of a quarantined body, or of quarantined rows. False where rows have no header that is
  /// understood.
  private static func map(_ reject: Reject, _ mapping: Mapping, _ take: (MappedBody) -> Void) -> Bool {
    let run = MappingRun(mapping, file: reject.file, received: reject.received, hash: hexadecimalDigest)
    let original = reject.original
    guard mapping.input == .csv else {
      let padded = original + repeatElement(0x20, count: JSONParser.padding)
      let origin = Origin(lines: reject.line...reject.line, lineCount: 1) { original }
      padded.withUnsafeBufferPointer { run.take(json: $0, count: original.count, origin, take) }
      return true
    }
    do {
      // The rows keep their place, because a mapping may ask for it.
      let firstLine = mapping.csv.columns == nil ? reject.line - 1 : reject.line
      var reader = try CSVReader(options: mapping.csv, firstLine: firstLine)
      try original.withUnsafeBufferPointer { try reader.feed($0) { run.take($0).forEach(take) } }
      try reader.finish { run.take($0).forEach(take) }
      run.finish().forEach(take)
      return true
    } catch {
      return false
    }
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

extension Reject {
  /// Whether it is an event, as it was sent or as a mapping made it. What a channel sent is none, however much it looks
  /// like one: only its mapping says what it means.
  fileprivate var isEvent: Bool { input == LineSource.name || kind == .conflict }
}

extension LineChunk {
  /// A quarantined document as it was offered.
  fileprivate init(_ reject: Reject) {
    let padding = [UInt8](repeating: 0x20, count: JSONParser.padding)
    self.init(bytes: reject.original + padding, count: reject.original.count, file: reject.file, firstLine: reject.line)
  }
}
