import EventLog
import Intake
import Mappings
import Platform

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
