package import EventLog
import Events
package import Projections

extension Platform {
  /// Brings the read models up to the end of the log, and groups people anew where the identity rules have changed.
  /// Read models of an older version are left as they are.
  @discardableResult
  package func project(progress: (Position) -> Void = { _ in }) throws -> Projected {
    try generations.exclusively {
      if let stale = try staleReadModels() { return Projected(folded: 0, stale: stale) }
      if try isFarBehind(), let events = try rebuiltIfPossible(progress) { return Projected(folded: events) }
      let regrouped = try regroupIfNeeded()
      let generation = try generations.openOrCreateLive()
      defer { generation.close() }
      let folded = try projector(generation).catchUp(log, progress: progress)
      return Projected(
        folded: folded, regrouped: regrouped, wasReadOtherwise: try wasReadOtherwise(generation))
    }
  }

  /// What fills and changes a generation.
  func projector(_ generation: Generation) throws -> Projector {
    Projector(generation, try settings(), limits: limits)
  }

  /// What the configuration allows for filling a generation.
  var limits: Projector.Limits {
    var limits = Projector.Limits()
    limits.memoryMax = configuration.projections.memoryMax
    return limits
  }

  /// The live read models, where they are of a version that this program asks and does not change.
  package func staleReadModels() throws -> StaleReadModels? {
    guard let live = try generations.openLive(readOnly: true) else { return nil }
    defer { live.close() }
    let checkpoint = try live.checkpoint()
    return checkpoint.isCurrent ? nil : StaleReadModels(generation: live.number, checkpoint: checkpoint)
  }

  /// Nil where there was no room for a new generation: then the live one is changed instead.
  private func rebuiltIfPossible(_ progress: (Position) -> Void) throws -> Int? {
    do {
      let generation = try generations.createNext()
      defer { generation.close() }
      return try completed(generation) {
        let events = try projector(generation).catchUp(log, progress: progress)
        try generations.finish(generation)
        try promoteBuilt(generation)
        return events
      }
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
    let wanted = try settings()
    guard let stored = try generation.settings(), !stored.groupsLike(wanted) else { return .none }
    return stored.foldsLike(wanted) ? .grouping : .types
  }

  /// Builds a generation of the live one's states under the rules of today. The live one stays to go back to.
  private func regroupIfNeeded() throws -> Regrouped? {
    guard let live = try generations.openLive(readOnly: true) else { return nil }
    defer { live.close() }
    guard try rulesChange(live) == .grouping else { return nil }
    let before = try live.checkpoint().people
    let hasOtherRules = try live.settings().map { !$0.identifiers.groupsLike(configuration.identifiers) } ?? false
    let next = try generations.createNext()
    defer { next.close() }
    return try completed(next) {
      try Regrouping(try settings(), limits: limits).fill(next, from: live)
      try generations.finish(next)
      try promoteBuilt(next)
      return Regrouped(before: before, after: try next.checkpoint().people, hasOtherRules: hasOtherRules)
    }
  }

  /// Runs what makes a generation complete. One that cannot be completed leaves nothing behind.
  func completed<Result>(_ generation: Generation, _ build: () throws -> Result) throws -> Result {
    do {
      return try build()
    } catch {
      try generations.discard(generation)
      throw error
    }
  }

  /// Makes a finished generation the live one.
  func promoteBuilt(_ generation: Generation) throws {
    try generations.promote(generation.number, keeping: configuration.projections.keep)
  }
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
  package var regrouped: Regrouped?
  /// Read models that were left as they are, because they are of an older version.
  package var stale: StaleReadModels?
  /// Whether events were folded before by other upcasters than those of today.
  package var wasReadOtherwise = false
}

/// How many people there were before and after they were grouped by other settings.
package struct Regrouped: Sendable {
  package let before: Int
  package let after: Int
  /// Whether the identity rules were others. Else it was the window in which orders are credited to campaigns.
  package let hasOtherRules: Bool
}

/// Read models of an older version: they are asked, and not changed.
package struct StaleReadModels: Sendable, CustomStringConvertible {
  package let generation: Int
  package let checkpoint: Checkpoint

  package init(generation: Int, checkpoint: Checkpoint) {
    self.generation = generation
    self.checkpoint = checkpoint
  }

  /// What is stale, what still works, and which command mends it.
  package var description: String {
    "\(subject); this program makes \(wanted). Questions are answered from them as of event \(checkpoint.position); 'hoso rebuild' brings them up to date."
  }

  private var subject: String {
    guard checkpoint.version == Checkpoint.version else {
      return "The read models of generation \(generation) are of version \(checkpoint.version)"
    }
    let parts = outdated.map { name in
      "\(name.rawValue) of version " + (checkpoint.versions[name].map { String($0) } ?? "none")
    }
    return "The read models of generation \(generation) have \(parts.joined(separator: " and "))"
  }

  private var wanted: String {
    guard checkpoint.version == Checkpoint.version else { return "version \(Checkpoint.version)" }
    return outdated.map { "\($0.rawValue) of version \($0.version)" }.joined(separator: " and ")
  }

  private var outdated: [ProjectionName] { ProjectionName.allCases.filter { !checkpoint.isCurrent($0) } }
}
