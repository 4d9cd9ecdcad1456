import ArgumentParser
import EventLog
import Hashing
import JSON
import Platform

extension Log {
  struct Verify: ReadsSuspectFiles {
    static let configuration = CommandConfiguration(
      commandName: "verify", abstract: "Read the whole log and check checksums, positions and the digest chain.",
      discussion: "Exit code 3 when damage is found.")

    @OptionGroup var data: DataOptions
    @Option(help: "table or json.") var format: Format = .table

    func run() throws {
      let result: LogVerification
      do {
        result = try verified(try data.open(.reading).log)
      } catch let error as LogError where error.isDamage {
        result = try salvageable("\(error)")
      }
      try report(result)
    }

    func report(_ crash: Crash) throws { try report(try salvageable("the log cannot be read as a whole: \(crash)")) }

    private func verified(_ log: EventLog) throws -> LogVerification {
      let line = ProgressLine("checked")
      defer { line.finish() }
      return try log.verify { done, last in
        line.update(events: Int(done), fraction: Double(done) / Double(max(1, last)))
      }
    }

    /// What is left of a log that cannot be read as one.
    private func salvageable(_ cause: String) throws -> LogVerification {
      LogVerification(stoppedBy: cause, try Salvage(path: data.directory.logFile))
    }

    private func report(_ result: LogVerification) throws {
      if format == .json { writeJSON(result) } else { writeText(result) }
      if !result.isIntact { throw ExitStatus.doneWithProblems }
    }

    private func writeText(_ result: LogVerification) {
      for damage in result.damage {
        StandardOutput.shared.write("position \(grouped(damage.position)): \(damage.what)\n")
      }
      let verdict = result.isIntact ? "The log is intact" : "The log is damaged"
      StandardOutput.shared.write(
        "\(verdict): \(grouped(result.events)) events in \(grouped(result.blocks)) sealed blocks could be read\n")
      StandardOutput.shared.write(
        result.isIntact
          ? "Digest \(result.digest)\n" : "'hoso log repair DIR' saves what can be read in a new directory\n")
    }

    private func writeJSON(_ result: LogVerification) {
      var writer = JSONWriter()
      writer.beginObject()
      writer.key("events")
      writer.value(result.events)
      writer.key("blocks")
      writer.value(result.blocks)
      writer.key("ok")
      writer.value(result.isIntact)
      writer.key("digest")
      writer.optional(result.isIntact ? result.digest.description : nil)
      writer.key("damage")
      writer.beginArray()
      for damage in result.damage {
        writer.beginObject()
        writer.key("position")
        writer.value(damage.position)
        writer.key("what")
        writer.value(damage.what)
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
      writer.newline()
      StandardOutput.shared.write(writer.bytes)
    }
  }
}
