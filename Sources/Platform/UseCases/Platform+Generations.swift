package import EventLog
import Projections

/// What promoting or rolling back did.
package struct Promoted: Sendable {
  package let generation: Int
  /// The one that was live before; nil where none was.
  package let former: Int?
  /// Events of the log that the generation has not seen.
  package let lag: Position
}

extension Platform {
  /// Makes a generation the live one. Throws, and leaves the live one, where it is not there, unfinished, of an older
  /// version, or damaged. O(rows).
  package func promote(_ number: Int) throws -> Promoted {
    try generations.exclusively { try promoteChecked(number) }
  }

  /// Makes the newest former generation the live one; the one that was live becomes the newest former one, so that a
  /// second rollback takes the first one back. Throws as ``promote(_:)`` does, and where there is none.
  package func rollBack() throws -> Promoted {
    try generations.exclusively {
      guard let number = try generations.formerNumbers().first else {
        throw ProjectionError.refused(
          "there is no former generation to go back to; 'projections: {keep: 1}' in hoso.yaml keeps one after each rebuild"
        )
      }
      return try promoteChecked(number)
    }
  }

  /// Deletes a generation, and gives its disk back. Throws for the live one and for one that is being built.
  package func drop(_ number: Int) throws {
    try generations.exclusively { try generations.drop(number) }
  }

  private func promoteChecked(_ number: Int) throws -> Promoted {
    let (former, position) = (try generations.liveNumber(), try positionOfPromotable(number))
    try generations.promote(number, keeping: configuration.projections.keep)
    return Promoted(generation: number, former: former, lag: try lag(of: position))
  }

  /// How many events of the log are behind a position.
  func lag(of position: Position) throws -> Position {
    let last = try log.info().last
    return last - min(last, position)
  }

  private func positionOfPromotable(_ number: Int) throws -> Position {
    switch try generations.state(of: number) {
    case .live: throw ProjectionError.refused("generation \(number) is the live one already")
    case .building: throw ProjectionError.refused("generation \(number) is being built and cannot be promoted yet")
    case .unfinished:
      throw ProjectionError.refused("generation \(number) was never finished; 'hoso rebuild' builds another one")
    case .ready, .former: break
    }
    let generation = try generations.openGeneration(number)
    defer { generation.close() }
    let checkpoint = try generation.checkpoint()
    guard checkpoint.isCurrent else {
      throw ProjectionError.refused(
        "generation \(number) is of an older version than this program makes; 'hoso rebuild' builds another one")
    }
    try generation.verify()
    return checkpoint.position
  }
}
