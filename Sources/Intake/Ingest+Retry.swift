package import EventLog
import Events
import JSON
package import Mappings

extension Ingest {
  /// What became of a quarantined document that was offered again.
  package enum RetryOutcome: Sendable, Equatable {
    /// Events that entered the log, and events that it had already. The document left the quarantine.
    case taken(accepted: Int, duplicates: Int)
    case rejected
  }

  /// Offers one quarantined document again. In one transaction its events enter the log, unless they are there already, and
  /// it leaves the quarantine; a document that is rejected again stays as it is.
  /// - Parameter mapping: the mapping that it was read by, as it is today; nil where it was read as an event, or where
  ///   there is no such mapping.
  package func retry(_ reject: Reject, number: UInt64, mapping: Mapping?, in log: EventLog) throws -> RetryOutcome {
    guard !reject.isTruncated, let events = events(of: reject, mapping) else { return .rejected }
    let verdicts = try append(events, received: reject.received, to: log, leaving: number)
    var (accepted, duplicates) = (0, 0)
    for verdict in verdicts {
      switch verdict {
      case .new: accepted += 1
      case .duplicate: duplicates += 1
      case .conflict: return .rejected
      }
    }
    return .taken(accepted: accepted, duplicates: duplicates)
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
    if case .conflict? = try append([event], received: rules.now(), to: log, leaving: nil).first {
      throw EventRefused(reason: "the log has another event of the same source and id")
    }
  }

  /// Appends those of the events that the log does not have, unless it has one of them with other content: then nothing is
  /// done. In the same transaction a document leaves the quarantine.
  private func append(
    _ events: [BatchEvent], received: Instant, to log: EventLog, leaving number: UInt64?
  ) throws -> [Verdict] {
    let tools = CommitTools(log)
    var appender = try log.append(with: tools.compressor)
    let verdicts = try tools.deduplicator.judge(events, in: appender)
    if verdicts.contains(where: { if case .conflict = $0 { true } else { false } }) { return verdicts }
    var entries: [(hash: UInt64, position: Position)] = []
    for (event, verdict) in zip(events, verdicts) {
      guard case .new = verdict else { continue }
      let position = try event.withDocument { try appender.append(UnsafeRawBufferPointer($0), received: received) }
      entries.append((event.hash, position))
    }
    try appender.index(entries)
    if let number { _ = try appender.removeReject(number) }
    try appender.commit()
    return verdicts
  }

  /// The events that a quarantined document is, or makes, by today's rules; nil where it is rejected again.
  private func events(of reject: Reject, _ mapping: Mapping?) -> [BatchEvent]? {
    var preparer = EventPreparer(rules)
    if reject.isOneEvent {
      let lines = preparer.prepare(LineChunk(reject), input: reject.input)
      if !lines.events.isEmpty { return lines.events.map { BatchEvent(chunk: lines, document: $0) } }
    }
    guard let mapping, let bodies = bodies(of: reject, mapping) else { return nil }
    let mapped = preparer.prepare(bodies, file: reject.file, input: reject.input, received: reject.received)
    guard mapped.rejects.isEmpty else { return nil }
    return mapped.events.map { BatchEvent(chunk: mapped, document: $0) }
  }

  /// What a mapping makes of a quarantined body, or of quarantined rows. Nil where rows have no header that is understood.
  private func bodies(of reject: Reject, _ mapping: Mapping) -> [MappedBody]? {
    let run = MappingRun(mapping, file: reject.file, received: reject.received, hash: hexadecimalDigest)
    let original = reject.original
    guard mapping.input == .csv else {
      let padded = original + repeatElement(0x20, count: JSONParser.padding)
      let origin = Origin(lines: reject.line...reject.line, lineCount: 1) { original }
      return padded.withUnsafeBufferPointer { run.take(json: $0, count: original.count, origin) }
    }
    do {
      // The rows keep their place, because a mapping may ask for it.
      let firstLine = mapping.csv.columns == nil ? reject.line - 1 : reject.line
      var reader = try CSVReader(options: mapping.csv, firstLine: firstLine)
      var bodies: [MappedBody] = []
      try original.withUnsafeBufferPointer { try reader.feed($0) { bodies += run.take($0) } }
      try reader.finish { bodies += run.take($0) }
      return bodies + run.finish()
    } catch {
      return nil
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
  /// Whether it may be an event, as it was sent or as a mapping made it. What a mapping could not read is none, whatever
  /// lines it holds.
  fileprivate var isOneEvent: Bool { kind != .mapping && !original.contains(0x0A) }
}

extension LineChunk {
  /// A quarantined document as it was offered.
  fileprivate init(_ reject: Reject) {
    let padding = [UInt8](repeating: 0x20, count: JSONParser.padding)
    self.init(bytes: reject.original + padding, count: reject.original.count, file: reject.file, firstLine: reject.line)
  }
}
