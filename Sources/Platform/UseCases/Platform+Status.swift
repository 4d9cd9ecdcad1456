package import EventLog
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
    /// Whether upcasters have changed since: events that were folded before are read otherwise by now.
    package let wasReadOtherwise: Bool

    /// How a projection is compared with the log and with this program.
    package func state(of name: ProjectionName) -> ProjectionState {
      guard checkpoint.isCurrent(name) else { return .stale }
      return lag == 0 ? .current : .behind
    }
  }

  package enum ProjectionState: String, Sendable {
    /// Up to date.
    case current
    /// Events are to be folded yet.
    case behind
    /// Of an older version, or not there: only a rebuild brings it up to date.
    case stale
  }

  package let log: LogInfo
  /// Nil before anything was projected.
  package let projection: Projection?
  /// Generations that are being built, and such as processes left that ended before they were finished.
  package let building: [Int]
  package let unfinished: [Int]
}

extension Platform {
  /// The figures of now. O(generations), but for parked events.
  package func status() throws -> Status {
    let states = try generations.states()
    func numbers(_ wanted: GenerationState) -> [Int] { states.filter { $0.state == wanted }.map(\.number) }
    let info = try log.info()
    return Status(
      log: info, projection: try liveFigures(info), building: numbers(.building), unfinished: numbers(.unfinished))
  }

  /// Whether a generation was read by other upcasters than those of today. Those of an older version are stale anyway.
  func wasReadOtherwise(_ generation: Generation) throws -> Bool {
    guard try generation.checkpoint().isCurrent, let stored = try generation.settings() else { return false }
    return !stored.readsLike(try settings())
  }

  private func liveFigures(_ info: LogInfo) throws -> Status.Projection? {
    guard let generation = try openReadModels() else { return nil }
    defer { generation.close() }
    let checkpoint = try generation.checkpoint()
    return Status.Projection(
      generation: generation.number, checkpoint: checkpoint, fileBytes: try generation.fileBytes,
      lag: info.last - min(info.last, checkpoint.position),
      parked: try generation.parked(limit: Status.Projection.parkedMax).count,
      wasReadOtherwise: try wasReadOtherwise(generation))
  }
}
