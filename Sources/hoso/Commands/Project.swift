import ArgumentParser
import EventLog
import Hashing
import JSON
import Platform

struct Project: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring the read models up to the end of the log, and to the identity rules of hoso.yaml.")

  @OptionGroup var data: DataOptions

  func run() throws {
    let folded = try Self.catchUp(try data.open(.writing))
    StandardError.write("\(counted(folded, "event")) folded\n")
  }

  @discardableResult
  static func catchUp(_ platform: Platform) throws -> Int {
    let line = ProgressLine("folded")
    defer { line.finish() }
    let last = try platform.log.info().last
    var start: Position?
    let projected = try platform.project { position in
      let from = start ?? position
      start = from
      line.update(events: Int(position - from), fraction: Double(position - from) / Double(max(1, last - from)))
    }
    line.finish()
    if let regrouped = projected.regrouped {
      StandardError.write(
        "The identity rules have changed: \(grouped(regrouped.before)) people are now \(grouped(regrouped.after)).\n")
    }
    return projected.folded
  }
}

struct RebuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rebuild",
    abstract: "Fold the whole log into a new generation of read models and make it the live one.",
    discussion: "Readers see the old generation until the new one takes its place in one step. The log is not changed.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

  @OptionGroup var data: DataOptions

  @Argument(help: "The projection to rebuild; there is one, profiles.")
  var name = ProjectionCommand.name

  @Flag(name: .customLong("no-promote"), help: "Stop before the new generation takes the place of the live one.")
  var leavesLive = false

  @Option(help: "table or json.")
  var format: Format = .table

  func validate() throws {
    if name != ProjectionCommand.name {
      throw ValidationError("there is no projection '\(name)'; there is \(ProjectionCommand.name)")
    }
  }

  func run() throws {
    let platform = try data.open(.writing)
    let last = try platform.log.info().last
    let line = ProgressLine("rebuilt")
    let watch = Stopwatch()
    let rebuilt = try platform.rebuild(promoting: !leavesLive) { position in
      line.update(events: Int(position), fraction: Double(position) / Double(max(1, last)))
    }
    line.finish()
    report(rebuilt, seconds: watch.seconds)
  }

  private func report(_ rebuilt: Rebuilt, seconds: Double) {
    guard format == .json else {
      let state = rebuilt.promoted ? "is live" : "is ready; the live one was left"
      return StandardOutput.shared.write(
        "Generation \(rebuilt.generation) \(state): \(counted(rebuilt.events, "event")) in \(oneDecimal(seconds)) s, digest \(rebuilt.digest)\n"
      )
    }
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("name")
    writer.value(ProjectionCommand.name)
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
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }
}
