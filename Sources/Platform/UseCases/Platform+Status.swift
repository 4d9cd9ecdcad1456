package import EventLog
import Events
package import Projections

/// Figures about a data directory.
package struct Status {
  /// The live read models.
  package struct Projection {
    /// The most parked events that are counted.
    package static let parkedMax = 1_000

    package let generation: Int
    package let checkpoint: Checkpoint
    package let fileBytes: Int
    /// Events of the log that are not folded yet.
    package let lag: UInt64
    /// Events that could not be folded, at most ``parkedMax``.
    package let parked: Int
  }

  package let log: LogInfo
  /// Nil before anything was projected.
  package let projection: Projection?
}

extension Platform {
  /// The figures of now. O(1), but for parked events.
  package func status() throws -> Status {
    let info = try log.info()
    guard let generation = try openReadModels() else { return Status(log: info, projection: nil) }
    defer { generation.close() }
    let checkpoint = try generation.checkpoint()
    let projection = Status.Projection(
      generation: generation.number, checkpoint: checkpoint, fileBytes: try generation.fileBytes,
      lag: info.last - min(info.last, checkpoint.position),
      parked: try generation.parked(limit: Status.Projection.parkedMax).count)
    return Status(log: info, projection: projection)
  }
}
