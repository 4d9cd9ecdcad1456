import ArgumentParser
import EventLog
import JSON
import Platform

extension Log {
  struct Repair: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "repair",
      abstract: "Save every whole event of a damaged log into a new directory, and say what is lost.",
      discussion: """
        The damaged log is read and not changed. Events keep their order and when they were received; where some are lost, those \
        behind them get lower positions. The quarantine, the configuration and the shop's own schemas and channels come along, and \
        read models are made. Documents that were retried or dropped from the quarantine may be in it again. Exit code 3 when \
        events are lost.
        """)

    @OptionGroup var data: DataOptions
    @Argument(help: "The directory to create.") var target: String
    @Option(help: "table or json.") var format: Format = .table

    func run() throws {
      let directory = DataDirectory(path: target)
      let line = ProgressLine("saved")
      let repaired = try data.directory.repair(into: directory) { done, last in
        line.update(events: Int(done), fraction: Double(done) / Double(max(1, last)))
      }
      line.finish()
      if format == .json { writeJSON(repaired) } else { writeText(repaired) }
      try Project.catchUp(try Platform(directory, .writing))
      if !repaired.isComplete { throw ExitStatus.doneWithProblems }
    }

    private func writeText(_ repaired: Repaired) {
      for range in repaired.lost { StandardOutput.shared.write("lost: \(describe(range))\n") }
      if !repaired.isEndKnown {
        StandardOutput.shared.write(
          "perhaps lost: events behind position \(grouped(repaired.last)), as the record of where the log ended is gone\n"
        )
      }
      let saved = "\(counted(repaired.events, "event")) and \(counted(repaired.rejects, "quarantined document"))"
      StandardOutput.shared.write("\(verdict(repaired)): \(saved) saved in \(target)\n")
    }

    private func verdict(_ repaired: Repaired) -> String {
      let lost = repaired.lost.reduce(0) { $0 + $1.count }
      if lost > 0 { return "\(grouped(lost)) of \(counted(repaired.last, "event")) lost" }
      return repaired.isEndKnown ? "No event is lost" : "No gap was found"
    }

    private func writeJSON(_ repaired: Repaired) {
      var writer = JSONWriter()
      writer.beginObject()
      writer.key("events")
      writer.value(UInt64(repaired.events))
      writer.key("rejects")
      writer.value(UInt64(repaired.rejects))
      writer.key("last_position")
      writer.value(repaired.last)
      writer.key("end_known")
      writer.value(repaired.isEndKnown)
      writer.key("lost")
      writer.beginArray()
      for range in repaired.lost {
        writer.beginObject()
        writer.key("first")
        writer.value(range.lowerBound)
        writer.key("last")
        writer.value(range.upperBound)
        writer.endObject()
      }
      writer.endArray()
      writer.endObject()
      writer.newline()
      StandardOutput.shared.write(writer.bytes)
    }
  }

  /// Positions as a sentence has them.
  static func describe(_ range: ClosedRange<Position>) -> String {
    range.count == 1
      ? "position \(grouped(range.lowerBound))"
      : "positions \(grouped(range.lowerBound)) to \(grouped(range.upperBound)), \(counted(range.count, "event"))"
  }
}
