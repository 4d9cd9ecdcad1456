package import EventLog
import Events
package import Projections

/// An event that could not be folded into the read models.
package struct ParkedEvent: Sendable {
  package let position: Position
  package let reason: String
  /// What the log says of it.
  package let entry: TimelineEntry
}

extension Platform {
  /// Calls `body` for every event that could not be folded, oldest first. O(parked events).
  package func forEachParked(_ body: (ParkedEvent) throws -> Void) throws {
    guard let generation = try openReadModels() else { return }
    defer { generation.close() }
    let timeline = TimelineReader(log)
    var next: Position = 1
    while true {
      let parked = try generation.parked(from: next, limit: 1000)
      guard let last = parked.last else { return }
      for (position, reason) in parked {
        guard let entry = try timeline.entries([position]).first else { continue }
        try body(ParkedEvent(position: position, reason: reason, entry: entry))
      }
      next = last.position + 1
    }
  }

  /// Tries all events again that could not be folded, with the upcasters of today. Throws where the read models are of
  /// an older version.
  package func retryParked() throws -> ParkedRetry {
    try generations.exclusively {
      guard let generation = try generations.openLive(readOnly: false) else { return ParkedRetry() }
      defer { generation.close() }
      return try projector(generation).retryParked(log)
    }
  }
}
