import EventLog
import Glibc
import Intake
import JSON
import Mappings
import Platform

extension IngestCommand {
  /// Takes the files of a folder as they come, until SIGINT or SIGTERM comes, or with --once until there are none.
  func takeInbox(_ folder: String) throws {
    let inbox = try Inbox(folder)
    _ = try mapping()
    let platform = try data.open(.creating)
    Signals.listen()
    var taker = InboxTaker(
      inbox: inbox, platform: platform,
      channels: try ChannelMappings(data.directory, platform.configuration) { try mapping() },
      projector: LiveProjector(platform, isIdle: leavesReadModels), format: format)
    for name in try inbox.strangeFolders(channels: try taker.channels.names()) {
      StandardError.write("Files in '\(name)' are left: \(try taker.channels.unknown(name))\n")
      taker.hasProblems = true
    }
    try taker.projector.begin()
    while !Signals.areStopping {
      let waiting = try inbox.waiting(channels: try taker.channels.names())
      var isIdle = true
      for file in waiting.files where !Signals.areStopping {
        if try taker.take(file) { isIdle = false }
      }
      try taker.projector.catchUp(taker.lastPosition)
      try StandardOutput.shared.flush()
      // What is left because its mapping is wrong waits for nobody.
      if once, isIdle, !waiting.hasUnsettled {
        taker.hasProblems = taker.hasProblems || !waiting.files.isEmpty
        break
      }
      var pause = timespec(tv_sec: 0, tv_nsec: 200_000_000)
      if isIdle { nanosleep(&pause, nil) }
    }
    if taker.hasProblems { throw ExitStatus.doneWithProblems }
  }
}

/// How the files of an inbox are read: those of the folder itself as the words of the command say, those of a subfolder by
/// the channel that it is named after.
struct ChannelMappings {
  enum Reading {
    case events
    case mapped(Mapping)
  }

  private let channels: ShopChannels
  /// The mapping of the folder itself, and how it is loaded.
  private var own: Mapping?
  private let loadOwn: () throws -> Mapping?
  private var loaded: [String: Mapping] = [:]
  /// Channels whose mapping is wrong.
  private var broken: Set<String> = []
  private var seenReloads = Signals.reloadCount

  init(_ directory: DataDirectory, _ configuration: Configuration, _ own: @escaping () throws -> Mapping?) throws {
    channels = ShopChannels(directory, configuration)
    loadOwn = own
    self.own = try own()
  }

  func names() throws -> [String] { try channels.list().map(\.name) }

  /// A sentence about a channel that there is not.
  func unknown(_ name: String) throws -> String { try channels.unknown(name) }

  /// Nil where the channel's mapping is wrong, which is said once: its files are left until it is loaded again.
  mutating func reading(of file: Inbox.File) -> Reading? {
    forgetAfterReload()
    guard let channel = file.channel else { return own.map { .mapped($0) } ?? .events }
    if loaded[channel] == nil, !broken.contains(channel) { load(channel) }
    return loaded[channel].map { .mapped($0) }
  }

  private mutating func forgetAfterReload() {
    guard seenReloads != Signals.reloadCount else { return }
    seenReloads = Signals.reloadCount
    (loaded, broken) = ([:], [])
    do {
      own = try loadOwn()
      StandardError.write("Mappings are loaded again.\n")
    } catch {
      StandardError.write("The mapping was not loaded again, and the former one stays in force: \(error)\n")
    }
  }

  private mutating func load(_ channel: String) {
    do {
      loaded[channel] = try channels.mapping(named: channel)
    } catch {
      broken.insert(channel)
      StandardError.write("Files in '\(channel)' are left until SIGHUP or a new start: \(error)\n")
    }
  }
}

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
