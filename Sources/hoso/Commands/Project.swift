import ArgumentParser
import EventLog
import Platform

struct Project: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "project",
    abstract: "Bring the read models up to the end of the log, and to the identity rules of hoso.yaml.")

  @OptionGroup var data: DataOptions

  func run() throws {
    let projected = try Self.catchUp(try data.open(.writing))
    if projected.stale == nil { StandardError.write("\(counted(projected.folded, "event")) folded\n") }
  }

  /// Says on standard error what else there is to say than how many events were folded.
  @discardableResult
  static func catchUp(_ platform: Platform) throws -> Projected {
    let line = ProgressLine("folded")
    defer { line.finish() }
    let last = try platform.log.info().last
    var start: Position?
    let projected = try platform.project { position in
      let from = start ?? position
      start = from
      // Others may have appended, and folded, since the end of the log was looked at.
      let (done, all) = (position - min(from, position), max(last, position) - min(from, position))
      line.update(events: Int(done), fraction: Double(done) / Double(max(1, all)))
    }
    line.finish()
    if let regrouped = projected.regrouped {
      StandardError.write(
        regrouped.hasOtherRules
          ? "The identity rules have changed: \(grouped(regrouped.before)) people are now \(grouped(regrouped.after)).\n"
          : "The attribution window has changed: orders are credited to campaigns anew.\n")
    }
    if projected.wasReadOtherwise {
      StandardError.write("Upcasters have changed: 'hoso rebuild' reads the events by them that were folded before.\n")
    }
    if let stale = projected.stale { StandardError.write("\(stale)\n") }
    return projected
  }
}
