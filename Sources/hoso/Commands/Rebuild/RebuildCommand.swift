import ArgumentParser
import Hashing
import JSON
import Platform
import Projections

struct RebuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Fold the whole log into a new generation of read models and make it the live one.",
    discussion: """
      Readers see the old generation until the new one takes its place in one step; 'hoso projection rollback' takes \
      that step back. The log is not changed. With --compare the rows that differ from the live generation are \
      counted first, and with --differences each is written to a file.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

  @OptionGroup var data: DataOptions

  @Argument(
    help:
      "What is to be made anew: \(ProjectionCommand.names) (default: all). Where profiles are not named, the log need not be read."
  )
  var names: [String] = []

  @Flag(name: .customLong("no-promote"), help: "Stop before the new generation takes the place of the live one.")
  var leavesLive = false

  @Flag(help: "Say how the rows differ from those of the live generation before it is replaced.")
  var compare = false

  @Option(parsing: .unconditional, help: "With --compare: how many differing rows of each table to show.")
  var samples = Natural(3)

  @Option(help: "With --compare: a file that gets every difference as NDJSON.")
  var differences: String?

  @Option(help: "table or json.")
  var format: Format = .table

  func validate() throws {
    for name in names { _ = try ProjectionCommand.name(name) }
    if differences != nil, !compare { throw ValidationError("--differences goes with --compare") }
  }

  func run() throws {
    let platform = try data.open(.writing)
    let file = try differences.map { try DifferencesFile($0) }
    let line = ProgressLine("rebuilt")
    defer { line.finish() }
    let watch = Stopwatch()
    let rebuilt = try platform.rebuild(try wish(file)) { line.update($0) }
    try file?.close()
    line.finish()
    report(rebuilt, seconds: watch.seconds)
  }

  private func wish(_ file: DifferencesFile?) throws -> RebuildWish {
    var wish = RebuildWish()
    if !names.isEmpty { wish.names = try names.map { try ProjectionCommand.name($0) } }
    wish.promotes = !leavesLive
    if compare {
      var comparing = ComparisonWish()
      comparing.samplesMax = samples.value
      if let file { comparing.note = { try file.write($0) } }
      wish.comparing = comparing
    }
    return wish
  }

  private func report(_ rebuilt: Rebuilt, seconds: Double) {
    guard format == .table else { return writeJSON(rebuilt, seconds: seconds) }
    if let compared = rebuilt.compared {
      StandardOutput.shared.write(ComparisonPage(compared).text)
    } else if compare {
      StandardOutput.shared.write("There was no live generation to compare with.\n")
    }
    let state = rebuilt.promoted ? "is live" : "is ready; the live one was left"
    StandardOutput.shared.write(
      "Generation \(rebuilt.generation) \(state): \(counted(rebuilt.events, "event")) in \(oneDecimal(seconds)) s, digest \(rebuilt.digest)\n"
    )
  }

  private func writeJSON(_ rebuilt: Rebuilt, seconds: Double) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("name")
    writer.value(names.isEmpty ? ProjectionName.profiles.rawValue : names.joined(separator: ","))
    writer.key("generation")
    writer.value(rebuilt.generation)
    writer.key("events")
    writer.value(rebuilt.events)
    writer.key("seconds")
    writer.value((seconds * 1000).rounded() / 1000)
    writer.key("digest")
    writer.value(rebuilt.digest.description)
    writer.key("promoted")
    writer.value(rebuilt.promoted)
    writer.key("compared")
    if let compared = rebuilt.compared { ComparisonJSON.write(compared, to: &writer) } else { writer.null() }
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }
}
