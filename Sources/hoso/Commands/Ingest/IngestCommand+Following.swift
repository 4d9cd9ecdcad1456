import EventLog
import Glibc
import Intake
import Mappings
import Platform
import Synchronization

extension IngestCommand {
  /// Reads an input as it grows, until SIGINT or SIGTERM comes.
  func followInput() throws {
    let path = files.first ?? "-"
    let mapping = try mapping()
    if mapping?.input == .csv { throw UsageError("--follow reads NDJSON and JSON bodies; rows need their header line") }
    let platform = try data.open(.creating)
    let points = FollowPoints(data.directory)
    let reading = mapping?.name ?? input
    Signals.listen()
    let (directory, input, map) = (data.directory, input, map)
    let reload = MappingReload { try Self.mapping(input, map, directory) }
    let watch = Stopwatch()
    var refused = 0
    var projector = LiveProjector(platform, isIdle: leavesReadModels)
    if StandardError.isTerminal { StandardError.write("Following \(path); end with Ctrl-C.\n") }
    try projector.begin()
    let summary = try Ingest(rules: try platform.intakeRules()).follow(
      path, mapping: mapping, from: try points.point(of: path, readAs: reading), into: platform.log,
      control: reload.control
    ) { summary, point in
      if let point { try points.save(point, of: path, readAs: reading) }
      // Whoever follows a stream may run for months: what is refused is told as it comes.
      if summary.quarantined + summary.conflicts > refused, let newest = summary.newestProblem {
        let count = summary.quarantined + summary.conflicts - refused
        StandardError.write("\(grouped(count)) quarantined, the last of them \(IngestReport.text(newest))\n")
        refused += count
      }
      try projector.catchUp(summary.lastPosition)
    }
    report(summary, seconds: watch.seconds)
    if summary.hasProblems { throw ExitStatus.doneWithProblems }
  }
}

/// Loads a mapping again after SIGHUP. A mapping that is wrong by now is reported, and the former one stays in force.
final class MappingReload: Sendable {
  private let load: @Sendable () throws -> Mapping?
  private let seen = Mutex(Signals.reloadCount)

  init(_ load: @escaping @Sendable () throws -> Mapping?) { self.load = load }

  var control: FollowControl {
    FollowControl(isStopped: { Signals.areStopping }, newMapping: { self.newMapping() })
  }

  /// The mapping, once after each SIGHUP; else nil.
  func newMapping() -> Mapping? {
    let count = Signals.reloadCount
    let isDue = seen.withLock { seen in
      defer { seen = count }
      return seen != count
    }
    guard isDue else { return nil }
    do {
      guard let mapping = try load() else { return nil }
      guard mapping.input == .json else { throw UsageError("rows cannot be followed") }
      StandardError.write("The mapping was loaded again.\n")
      return mapping
    } catch {
      StandardError.write("The mapping was not loaded again, and the former one stays in force: \(error)\n")
      return nil
    }
  }
}

/// Keeps the read models current while events come in.
struct LiveProjector {
  private let platform: Platform
  private var isIdle: Bool
  private var position: Position?

  /// - Parameter isIdle: whether read models are to be left behind.
  init(_ platform: Platform, isIdle: Bool) {
    self.platform = platform
    self.isIdle = isIdle
  }

  /// Folds what is in the log already: an earlier run may have been killed before it did.
  mutating func begin() throws { if !isIdle { try fold() } }

  /// Folds what is new since the last call, if anything is.
  mutating func catchUp(_ last: Position?) throws {
    guard !isIdle, last != position else { return }
    position = last
    try fold()
  }

  private mutating func fold() throws {
    do {
      // Read models of another version say once that they are stale, and wait for a rebuild.
      isIdle = try Project.catchUp(platform).stale != nil
    } catch {
      throw ProjectingFailed(cause: error)
    }
  }
}
