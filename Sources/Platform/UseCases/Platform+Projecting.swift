package import EventLog
package import Hashing
import Projections

extension Platform {
  /// Brings the read models up to the end of the log. Returns how many events were folded.
  @discardableResult
  package func project(progress: (Position) -> Void = { _ in }) throws -> Int {
    let generation = try generations.openOrCreateLive()
    defer { generation.close() }
    return try Projector(generation, rules: configuration.identifiers).catchUp(log, progress: progress)
  }

  /// Builds a new generation from the log beside the live one, and promotes it unless told otherwise. The former live
  /// generation stays for a rollback; older ones are dropped. A generation that cannot be built leaves nothing behind.
  package func rebuild(promoting: Bool = true, progress: (Position) -> Void = { _ in }) throws -> Rebuilt {
    let former = try generations.liveNumber()
    let generation = try generations.createNext()
    defer { generation.close() }
    let events = try build(generation, progress: progress)
    let digest = try generation.checkpoint().digest
    if promoting { try promote(generation.number, former: former) }
    return Rebuilt(generation: generation.number, events: events, digest: digest, promoted: promoting)
  }

  private func build(_ generation: Generation, progress: (Position) -> Void) throws -> Int {
    do {
      let events = try Projector(generation, rules: configuration.identifiers).catchUp(log, progress: progress)
      try generations.finish(generation)
      return events
    } catch {
      generation.close()
      try generations.drop(generation.number)
      throw error
    }
  }

  private func promote(_ number: Int, former: Int?) throws {
    try generations.promote(number)
    for old in generations.numbers() where old != number && old != former { try generations.drop(old) }
  }
}

/// What a rebuild did.
package struct Rebuilt: Sendable {
  package let generation: Int
  /// How many were folded.
  package let events: Int
  /// Of all rows.
  package let digest: SetDigest
  /// Whether the generation is the live one now.
  package let promoted: Bool
}
