package import EventLog
package import Hashing
package import Projections
import Synchronization

/// What is wanted of a rebuild.
package struct RebuildWish {
  /// The projections that are to be made anew. All are in the new generation; where profiles are not named and those
  /// of the live generation are of this program's version, the others are made of them and the log is not read.
  package var names = ProjectionName.allCases
  /// Whether the new generation takes the place of the live one.
  package var promotes = true
  /// Who wants to know how the new generation differs from the live one; nil for nobody.
  package var comparing: ComparisonWish?

  package init() {}
}

/// What a rebuild did.
package struct Rebuilt {
  package let generation: Int
  /// How many events its rows stand for.
  package let events: Int
  /// Of all rows.
  package let digest: SetDigest
  /// Whether the generation is the live one now.
  package let promoted: Bool
  /// How it differs from the one that was live; nil where nobody asked, or there was none.
  package let compared: GenerationComparison?
}

extension Platform {
  /// Builds a new generation beside the live one, and promotes it unless told otherwise. Former generations stay as the
  /// configuration says. A generation that cannot be completed leaves nothing behind. Throws `rebuildRunning` at once
  /// where another process rebuilds.
  package func rebuild(
    _ wish: RebuildWish = RebuildWish(), progress: (RebuildProgress) -> Void = { _ in }
  ) throws -> Rebuilt {
    let lock = try generations.lockRebuild()
    defer { extendLifetime(lock) }
    // Others go on folding into the live generation while the log is read.
    let generation = try generations.exclusively {
      try generations.dropUnfinished()
      return try generations.createNext()
    }
    defer { generation.close() }
    return try completed(generation) {
      try withoutActuallyEscaping(progress) { progress in
        let reporter = RebuildReporter(log, progress)
        try fill(generation, wish, reporter)
        return try generations.exclusively { try conclude(generation, wish, reporter) }
      }
    }
  }

  private func fill(_ generation: Generation, _ wish: RebuildWish, _ reporter: RebuildReporter) throws {
    defer { generation.filling.observe(nil) }
    generation.filling.observe { reporter.wrote($0, of: $1) }
    try fillFromStates(generation, wish)
    try projector(generation).catchUp(log) { reporter.reached($0, .reading) }
  }

  /// Takes the states of the live generation where they are all that the wanted projections are made of.
  private func fillFromStates(_ generation: Generation, _ wish: RebuildWish) throws {
    guard !wish.names.contains(.profiles), let live = try generations.openLive(readOnly: true) else { return }
    defer { live.close() }
    guard try live.checkpoint().isCurrent(.profiles), try rulesChange(live) != .types else { return }
    try Regrouping(try settings(), limits: limits).fill(generation, from: live)
  }

  /// Takes what arrived meanwhile, and makes the generation what the wish says. Nobody else changes generations.
  private func conclude(
    _ generation: Generation, _ wish: RebuildWish, _ reporter: RebuildReporter
  ) throws -> Rebuilt {
    try projector(generation).catchUp(log) { reporter.reached($0, .catchingUp) }
    reporter.reached(try generation.checkpoint().position, .catchingUp)
    try generations.finish(generation) { reporter.verified($0, of: $1) }
    let compared = try wish.comparing.flatMap { try compare(generation, $0) }
    if wish.promotes { try promoteBuilt(generation) }
    let checkpoint = try generation.checkpoint()
    return Rebuilt(
      generation: generation.number, events: Int(checkpoint.position), digest: checkpoint.digest,
      promoted: wish.promotes, compared: compared)
  }
}

/// How far a rebuild is.
package struct RebuildProgress: Equatable, Sendable {
  package enum Phase: String, Sendable {
    case reading, writing
    case catchingUp = "catching up"
    case verifying
  }

  package let phase: Phase
  /// The position reached, and the last of the log as it is now.
  package let position: Position
  package let last: Position
  /// What is done in this phase and what there is to do: events where the log is read, else rows. It is not always
  /// known before how many rows there will be.
  package let done: Int
  package let total: Int?
}

/// Brings together what is heard of a rebuild.
private final class RebuildReporter: Sendable {
  private struct State {
    var position: Position = 0
    var last: Position = 0
  }

  private let log: EventLog
  private let state = Mutex(State())
  // Called with the lock held, so by one thread at a time, and not after the rebuild has ended.
  nonisolated(unsafe) private let progress: (RebuildProgress) -> Void

  init(_ log: EventLog, _ progress: @escaping (RebuildProgress) -> Void) {
    self.log = log
    self.progress = progress
  }

  func reached(_ position: Position, _ phase: RebuildProgress.Phase) {
    report(phase) { state in
      state.position = position
      state.last = max(self.last ?? state.last, position)
      return (Int(position), Int(state.last))
    }
  }

  func wrote(_ rows: Int, of total: Int?) { report(.writing) { _ in (rows, total) } }
  func verified(_ rows: Int, of total: Int) { report(.verifying) { _ in (rows, total) } }

  /// The end of the log moves while others append to it.
  private var last: Position? {
    do { return try log.info().last } catch { return nil }
  }

  private func report(_ phase: RebuildProgress.Phase, _ count: (inout State) -> (Int, Int?)) {
    state.withLock { state in
      let (done, total) = count(&state)
      progress(
        RebuildProgress(phase: phase, position: state.position, last: state.last, done: done, total: total))
    }
  }
}
