import EventLog
import Events
import JSON
import Mappings

extension EventPreparer {
  /// Takes the documents of a body. What could not be taken of it lies in the quarantine once, as the whole body: it can be
  /// offered again as it is, and the events that were taken are then known.
  mutating func take(_ body: MappedBody, received: Instant, into prepared: PreparedChunk) {
    // The first thing that becomes of the body accounts for its lines.
    var lines = body.origin.lineCount
    var failures: [(document: Int, problem: EventProblem)] = []
    for (index, outcome) in body.outcomes.enumerated() {
      switch outcome {
      case .events(let events, let warnings):
        do throws(EventProblem) {
          let origin = LineOrigin(line: body.origin.lines.lowerBound, lineCount: lines)
          try take(events, origin, received, into: prepared)
          for warning in warnings { prepared.warnings[warning, default: 0] += 1 }
          lines = 0
        } catch {
          failures.append((index, error))
        }
      case .filtered(let reason):
        prepared.filtered[reason, default: .init()].documents += 1
        prepared.filtered[reason, default: .init()].lines += lines
        lines = 0
      case .failed(let reason): failures.append((index, EventProblem(.mapping, "", reason)))
      case .unreadable(let reason): failures.append((index, EventProblem(.malformed, "", reason)))
      }
    }
    guard let first = failures.first else { return }
    let reject = Reject(
      kind: first.problem.kind, reason: Self.reason(failures, of: body), pointer: first.problem.pointer,
      file: prepared.file, line: body.origin.lines.lowerBound, received: received, input: prepared.input,
      original: body.origin.source())
    prepared.rejects.append((reject, lines))
  }

  /// All events of a document, or none.
  private mutating func take(
    _ events: [MappedEvent], _ origin: LineOrigin, _ received: Instant, into prepared: PreparedChunk
  ) throws(EventProblem) {
    let (bytes, count) = (writer.bytes.count, prepared.events.count)
    var origin = origin
    for event in events {
      do throws(EventProblem) {
        try event.padded.withUnsafeBufferPointer { (padded) throws(EventProblem) in
          try take(
            padded, count: event.count, origin: origin, now: received, timeIsArrival: event.timeIsArrival,
            into: prepared)
        }
        origin.lineCount = 0
      } catch {
        writer.truncate(to: bytes)
        prepared.events.removeSubrange(count...)
        throw EventProblem(error.kind, error.pointer, "in the event that the mapping makes: \(error.reason)")
      }
    }
  }

  private static func reason(_ failures: [(document: Int, problem: EventProblem)], of body: MappedBody) -> String {
    let reason = failures[0].problem.reason
    guard body.outcomes.count > 1 else { return reason }
    let others = failures.count > 1 ? "; \(failures.count - 1) more could not be taken, either" : ""
    return "document \(failures[0].document + 1) of \(body.outcomes.count): \(reason)\(others)"
  }
}
