import ArgumentParser
import EventLog
import Glibc
import Intake
import JSON
import Mappings
import Platform

struct IngestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ingest",
    abstract: "Take events into the log and bring the read models up to date.",
    discussion: """
      Reads NDJSON, one event a line, from files (also .zst and .gz) or standard input (-); or what a channel sends, by its
      mapping (hoso channel list). Events that the log has already are counted and left out, so the same file can be ingested
      again. What cannot be taken goes to the quarantine with its reason (hoso rejects list), and the exit code is 3.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

  @OptionGroup var data: DataOptions

  @Argument(help: "Files to read, or - for standard input (the default).")
  var files: [String] = []

  @Option(help: "ndjson, or the name of a channel, or csv or json with a mapping (--map).")
  var input = Self.events

  @Option(help: "The mapping file that makes events of rows or documents.")
  var map: String?

  @Flag(name: .customLong("no-project"), help: "Leave the read models behind.")
  var leavesReadModels = false

  @Option(parsing: .unconditional, help: "Lines to read at most.")
  var limit: Natural?

  @Flag(
    name: .customLong("dry-run"),
    help: "Print the events that would be stored, and write nothing; with --format json only count them.")
  var isDryRun = false

  @Flag(help: "Keep reading a file that grows, or a named pipe, until SIGINT or SIGTERM comes.")
  var follow = false

  @Option(
    help: ArgumentHelp(
      "Take the files that are dropped into a folder, and move them to done/ or failed/ within it; files in a subfolder named after a channel are that channel's.",
      valueName: "dir"))
  var inbox: String?

  @Flag(help: "With --inbox: end when no file waits.")
  var once = false

  @Option(help: "table or json.")
  var format: Format = .table

  /// What `--input` calls events as they are, and what it calls the input of a mapping file.
  private static let events = "ndjson"
  private static let mappedInputs = Mapping.Input.allCases.map(\.rawValue)

  func validate() throws {
    if Self.mappedInputs.contains(input), map == nil { throw ValidationError("--input \(input) needs --map FILE") }
    if !Self.mappedInputs.contains(input), map != nil {
      throw ValidationError("--map goes with --input csv or --input json")
    }
    if limit != nil, input != Self.events { throw ValidationError("--limit goes with --input ndjson") }
    try validateEndless()
  }

  private func validateEndless() throws {
    if once, inbox == nil { throw ValidationError("--once goes with --inbox") }
    guard follow || inbox != nil else { return }
    if follow, inbox != nil { throw ValidationError("--follow reads one input, --inbox a folder; take one of them") }
    if isDryRun || limit != nil { throw ValidationError("--dry-run and --limit go with inputs that have an end") }
    if follow, files.count > 1 { throw ValidationError("--follow reads one input") }
    if inbox != nil, !files.isEmpty { throw ValidationError("--inbox takes the files of its folder and no others") }
  }

  func run() throws {
    if let inbox { return try takeInbox(inbox) }
    if follow { return try followInput() }
    try ingestFiles()
  }

  private func ingestFiles() throws {
    let paths = files.isEmpty ? ["-"] : files
    try Self.checkReadable(paths)
    if paths == ["-"], isatty(0) != 0 { StandardError.write("Reading events from the terminal; end with Ctrl-D.\n") }
    let mapping = try mapping()
    let watch = Stopwatch()
    if isDryRun {
      let summary = try check(paths, mapping)
      report(summary, seconds: watch.seconds)
      if summary.hasProblems { throw ExitStatus.doneWithProblems }
      return
    }
    let platform = try data.open(.creating)
    let summary = try ingest(paths, mapping, into: platform)
    let failure = leavesReadModels ? nil : project(platform)
    report(summary, seconds: watch.seconds)
    if let failure { throw failure }
    if summary.hasProblems { throw ExitStatus.doneWithProblems }
  }

  /// Finds mistakes in the words before anything is read or created.
  private static func checkReadable(_ paths: [String]) throws {
    // A named pipe is left alone: whoever writes into it would see it closed again.
    for path in paths where path != "-" && !isPipe(path) { _ = try InputFile(path: path) }
  }

  private static func isPipe(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFIFO
  }

  func mapping() throws -> Mapping? { try Self.mapping(input, map, data.directory) }

  /// The mapping that the words name; nil for events as they are.
  static func mapping(_ input: String, _ map: String?, _ directory: DataDirectory) throws -> Mapping? {
    if input == events { return nil }
    let channels = ShopChannels(directory, try Platform.configuration(of: directory))
    guard let map else {
      guard let mapping = try channels.mapping(named: input) else { throw UsageError(try channels.unknown(input)) }
      return mapping
    }
    let mapping = try channels.mapping(file: map)
    guard mapping.input.rawValue == input else {
      throw UsageError("\(map) maps \(mapping.input.rawValue), not \(input)")
    }
    return mapping
  }

  private func check(_ paths: [String], _ mapping: Mapping?) throws -> IngestSummary {
    let configuration = try Platform.configuration(of: data.directory)
    let rules = IntakeRules(
      catalogue: try ShopSchemas(data.directory).catalogue(), identifiers: configuration.identifiers, now: Platform.now)
    let ingest = Ingest(rules: rules, options: options)
    return try ingest.check(paths, mapping: mapping) { event in
      guard format == .table else { return }
      StandardOutput.shared.write(Array(event))
      StandardOutput.shared.write("\n")
      try StandardOutput.shared.check()
    }
  }

  /// The events are in the log whatever happens here, so the report comes first and what failed after it.
  private func project(_ platform: Platform) -> ProjectingFailed? {
    do {
      try Project.catchUp(platform)
      return nil
    } catch {
      return ProjectingFailed(cause: error)
    }
  }

  private func ingest(_ paths: [String], _ mapping: Mapping?, into platform: Platform) throws -> IngestSummary {
    let ingest = Ingest(rules: try platform.intakeRules(), options: options)
    let line = ProgressLine("ingested")
    let bytes = Self.totalBytes(paths)
    let progress: (IngestProgress) -> Void = { progress in
      line.update(events: progress.events, fraction: bytes.map { Double(progress.bytesTaken) / Double(max(1, $0)) })
    }
    defer { line.finish() }
    let summary =
      try mapping.map { try ingest.run(paths, mapping: $0, into: platform.log, progress: progress) }
      ?? ingest.run(ndjson: paths, into: platform.log, progress: progress)
    return summary
  }

  private var options: IngestOptions {
    var options = IngestOptions()
    options.limit = limit?.value
    return options
  }

  /// The size of all inputs, or nil where one is a pipe.
  private static func totalBytes(_ paths: [String]) -> Int? {
    var total = 0
    for path in paths {
      var status = stat()
      guard path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      total += Int(status.st_size)
    }
    return total
  }

  func report(_ summary: IngestSummary, seconds: Double) {
    switch format {
    case .json: IngestReport.writeJSON(summary, seconds: seconds)
    case .table: IngestReport.writeText(summary, seconds: seconds, isDryRun: isDryRun)
    }
    IngestReport.explainProblems(summary, isDryRun: isDryRun)
  }
}

/// The events are in the log and the read models are not up to date.
struct ProjectingFailed: Error, CustomStringConvertible {
  let cause: any Error

  var description: String {
    "the events are in the log, but the read models were not brought up to date: \(cause); 'hoso project' does it"
  }
}
