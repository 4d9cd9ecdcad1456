package import EventLog
import Events
package import Hashing
package import Projections

extension Platform {
  /// Brings the read models up to the end of the log, and groups people anew where the identity rules have changed.
  @discardableResult
  package func project(progress: (Position) -> Void = { _ in }) throws -> Projected {
    try generations.exclusively {
      if try isFarBehind(), let events = try rebuiltIfPossible(progress) {
        return Projected(folded: events, regrouped: nil)
      }
      let regrouped = try regroupIfNeeded()
      let generation = try generations.openOrCreateLive()
      defer { generation.close() }
      let folded = try Projector(generation, rules: configuration.identifiers).catchUp(log, progress: progress)
      return Projected(folded: folded, regrouped: regrouped)
    }
  }

  /// Nil where there was no room for a new generation: then the live one is changed instead.
  private func rebuiltIfPossible(_ progress: (Position) -> Void) throws -> Int? {
    do {
      let former = try generations.liveNumber()
      let generation = try generations.createNext()
      defer { generation.close() }
      let events = try build(generation, progress: progress)
      try promote(generation.number, former: former)
      return events
    } catch let error as ProjectionError {
      guard error.isForWantOfRoom else { throw error }
      return nil
    }
  }

  /// Whether building a new generation takes less time than changing the live one row by row: that was measured to be
  /// three to fifteen times slower for an event.
  private func isFarBehind() throws -> Bool {
    guard let live = try generations.openLive(readOnly: true) else { return false }
    defer { live.close() }
    let (position, last) = (try live.checkpoint().position, try log.info().last)
    // Types that have changed are for the operator to take over.
    guard position > 0, last > position, try rulesChange(live) != .types else { return false }
    let lag = last - position
    return lag >= rebuiltLagMin && lag * 4 >= last
  }

  /// How the configured identity rules differ from those that people are grouped by.
  package func rulesChange(_ generation: Generation) throws -> RulesChange {
    guard let rules = try generation.rules(), !rules.groupsLike(configuration.identifiers) else { return .none }
    return rules.foldsLike(configuration.identifiers) ? .grouping : .types
  }

  /// Builds a generation of the live one's states under the rules of today. The live one stays until the next promotion.
  private func regroupIfNeeded() throws -> Regrouped? {
    guard let live = try generations.openLive(readOnly: true) else { return nil }
    defer { live.close() }
    guard try rulesChange(live) == .grouping else { return nil }
    let before = try live.checkpoint().people
    let next = try generations.createNext()
    defer { next.close() }
    try built(next) { try Regrouping(rules: configuration.identifiers).fill(next, from: live) }
    try promote(next.number, former: live.number)
    return Regrouped(before: before, after: try next.checkpoint().people)
  }

  /// Builds a new generation from the log beside the live one, and promotes it unless told otherwise. The former live
  /// generation stays until the next promotion; older ones are dropped. A generation that cannot be built leaves nothing behind.
  package func rebuild(promoting: Bool = true, progress: (Position) -> Void = { _ in }) throws -> Rebuilt {
    // The lock is not held while the log is read: others go on folding into the live generation.
    let generation = try generations.exclusively { try generations.createNext() }
    defer { generation.close() }
    let events = try build(generation, progress: progress)
    let digest = try generation.checkpoint().digest
    if promoting {
      try generations.exclusively { try promote(generation.number, former: try generations.liveNumber()) }
    }
    return Rebuilt(generation: generation.number, events: events, digest: digest, promoted: promoting)
  }

  private func build(_ generation: Generation, progress: (Position) -> Void) throws -> Int {
    try built(generation) {
      try Projector(generation, rules: configuration.identifiers).catchUp(log, progress: progress)
    }
  }

  /// Makes what `fill` makes of a generation durable. One that cannot be filled leaves nothing behind.
  private func built<Result>(_ generation: Generation, _ fill: () throws -> Result) throws -> Result {
    do {
      let result = try fill()
      try generations.finish(generation)
      return result
    } catch {
      generation.close()
      try generations.drop(generation.number)
      throw error
    }
  }

  private func promote(_ number: Int, former: Int?) throws {
    try generations.promote(number)
    // One with a higher number than the former live one may be under way, or wait for its promotion.
    for old in generations.numbers() where old < former ?? 0 && old != number { try generations.drop(old) }
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

/// How the identity rules of the configuration differ from those that people are grouped by.
package enum RulesChange: Sendable {
  case none
  /// People are grouped anew with the next events.
  case grouping
  /// The identifier types are others, or in another order: only a rebuild folds events by them.
  case types
}

/// What bringing the read models up to date did.
package struct Projected: Sendable {
  /// Events.
  package let folded: Int
  /// Nil where the rules were those of before.
  package let regrouped: Regrouped?
}

/// How many people there were before and after they were grouped by other rules.
package struct Regrouped: Sendable {
  package let before: Int
  package let after: Int
}
