package import EventLog
import Events
package import Projections

/// Figures about a data directory.
package struct Status {
  package struct Projection {
    package let generation: Int
    package let checkpoint: Checkpoint
    package let fileBytes: Int
    package let lag: UInt64
    package let parked: Int
  }

  package let log: LogInfo
  /// Nil before anything was projected.
  package let projection: Projection?
}

extension Platform {
  package func status() throws -> Status {
    let info = try log.info()
    guard let generation = try openReadModels() else { return Status(log: info, projection: nil) }
    defer { generation.close() }
    let checkpoint = try generation.checkpoint()
    let projection = Status.Projection(
      generation: generation.number, checkpoint: checkpoint, fileBytes: try generation.fileBytes,
      lag: info.last - min(info.last, checkpoint.position), parked: try generation.parked(limit: 1_000).count)
    return Status(log: info, projection: projection)
  }
}
