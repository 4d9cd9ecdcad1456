import EventLog
import Intake
import Mappings
import Platform

/// Takes one file after the other.
struct InboxTaker {
  let inbox: Inbox
  let platform: Platform
  var channels: ChannelMappings
  var projector: LiveProjector
  let format: IngestCommand.Format
  private(set) var lastPosition: Position?
  var hasProblems = false

  init(
    inbox: Inbox, platform: Platform, channels: ChannelMappings, projector: LiveProjector, format: IngestCommand.Format
  ) {
    self.inbox = inbox
    self.platform = platform
    self.channels = channels
    self.projector = projector
    self.format = format
  }

  /// Takes a file and moves it out of the way. It failed where it could not be read to its end, or nothing of it could be
  /// taken; what could is in the log. False where its channel's mapping is wrong: then it is left.
  mutating func take(_ file: Inbox.File) throws -> Bool {
    guard let reading = channels.reading(of: file) else { return false }
    let watch = Stopwatch()
    let (summary, failure) = try ingest(file, reading)
    lastPosition = summary.lastPosition ?? lastPosition
    // Somebody still writes it: it is taken again when it is whole, and what is known by then adds nothing.
    if inbox.hasChanged(file) { return true }
    let hasNothing = summary.hasProblems && summary.accepted + summary.duplicates == 0
    let outcome = failure != nil || hasNothing ? Inbox.Outcome.failed : .done
    hasProblems = hasProblems || outcome == .failed || summary.hasProblems
    let place = try inbox.move(file, to: outcome)
    report(file, summary, failure, movedTo: place, seconds: watch.seconds)
    return true
  }

  private func ingest(
    _ file: Inbox.File, _ reading: ChannelMappings.Reading
  ) throws -> (IngestSummary, InputError?) {
    let ingest = Ingest(rules: try platform.intakeRules())
    do {
      switch reading {
      case .events: return (try ingest.run(ndjson: [file.path], into: platform.log), nil)
      case .mapped(let mapping): return (try ingest.run([file.path], mapping: mapping, into: platform.log), nil)
      }
    } catch let error as IngestInterrupted {
      guard let cause = error.cause as? InputError else { throw error }
      return (error.summary, cause)
    }
  }

  private func report(
    _ file: Inbox.File, _ summary: IngestSummary, _ failure: InputError?, movedTo place: String?, seconds: Double
  ) {
    if let failure { StandardError.write("\(failure)\n") }
    switch format {
    case .json: IngestReport.writeJSON(summary, seconds: seconds, file: file.path, movedTo: place)
    case .table:
      var parts = ["\(grouped(summary.accepted)) accepted"]
      if summary.duplicates > 0 { parts.append("\(grouped(summary.duplicates)) known already") }
      let refused = summary.quarantined + summary.conflicts
      if refused > 0 { parts.append("\(grouped(refused)) quarantined") }
      StandardOutput.shared.write("\(file.path): \(parts.joined(separator: ", ")) -> \(place ?? "gone")\n")
    }
    IngestReport.explainProblems(summary, isDryRun: false)
  }
}
