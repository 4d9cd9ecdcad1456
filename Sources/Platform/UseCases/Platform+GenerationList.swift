import EventLog
package import Hashing
package import Projections

/// A projection as one generation has it.
package struct ListedProjection: Sendable {
  package let name: ProjectionName
  package let generation: Int
  package let state: GenerationState
  /// Of the file that all projections of the generation share.
  package let bytes: Int
  /// Nil while the generation is being built, and where it cannot be read.
  package let checkpoint: Checkpoint?
  /// Events of the log that are not folded yet.
  package let lag: UInt64?

  package var version: UInt32? { checkpoint?.versions[name] }
  package var digest: SetDigest? { checkpoint?.digest(of: name) }
}

extension Platform {
  /// All projections of all generations, by generation. O(generations).
  package func projections() throws -> [ListedProjection] {
    try generations.states().flatMap { number, state in
      let checkpoint = try checkpoint(of: number, state)
      let names = ProjectionName.allCases.filter { checkpoint?.versions.keys.contains($0) ?? true }
      return try names.map { name in
        ListedProjection(
          name: name, generation: number, state: state, bytes: generations.fileBytes(of: number) ?? 0,
          checkpoint: checkpoint, lag: try checkpoint.map { try lag(of: $0.position) })
      }
    }
  }

  /// Nil for a generation without one that this program can read: a list names that one, too.
  private func checkpoint(
    of number: Int, _ state: GenerationState
  ) throws(ProjectionError) -> Checkpoint? {
    guard state != .building, state != .unfinished else { return nil }
    do {
      let generation = try generations.openGeneration(number)
      defer { generation.close() }
      return try generation.checkpoint()
    } catch {
      switch error {
      case .newerVersion, .olderVersion, .damaged: return nil
      default: throw error
      }
    }
  }
}
