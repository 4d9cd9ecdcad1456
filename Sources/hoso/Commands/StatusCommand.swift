import ArgumentParser
import EventLog
import Hashing
import JSON
import KeyValueStore
import Platform
import Projections
import ReadModels

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show the log, the read models and how far they are, and the quarantine.")

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

  @OptionGroup var data: DataOptions
  @Option(help: "table or json.") var format: Format = .table

  func run() throws {
    let platform = try data.open(.reading)
    let status = try platform.status()
    switch format {
    case .table: writeText(status, platform)
    case .json: writeJSON(status)
    }
  }

  private func writeText(_ status: Status, _ platform: Platform) {
    let log = status.log
    var lines: [(String, String)] = [
      ("Directory", platform.directory.path),
      (
        "Log",
        "\(counted(log.last, "event")) in \(formattedBytes(log.fileBytes)); \(formattedBytes(log.documentBytes)) as NDJSON"
      ),
    ]
    if let projection = status.projection {
      let checkpoint = projection.checkpoint
      lines.append(("People", people(checkpoint)))
      if checkpoint.ordersWithoutOwner + checkpoint.creditsWithoutOwner > 0 {
        lines.append(
          (
            "Nobody's",
            "\(counted(checkpoint.ordersWithoutOwner, "order")) and \(counted(checkpoint.creditsWithoutOwner, "credit note")) that name no person"
          ))
      }
      let lag =
        projection.lag == 0 ? "up to date" : "\(counted(projection.lag, "event")) behind; 'hoso project' folds them"
      lines.append(
        ("Read models", "generation \(projection.generation), \(lag), \(formattedBytes(projection.fileBytes))"))
      lines.append(("Digest", checkpoint.digest.description))
      if projection.parked > 0 {
        lines.append(("Parked", "\(grouped(projection.parked)) events that could not be folded"))
      }
    } else {
      lines.append(("Read models", "none yet; 'hoso project' makes them"))
    }
    lines.append(
      ("Quarantine", log.rejects == 0 ? "empty" : "\(counted(log.rejects, "document")); see 'hoso rejects list'"))
    lines.append(("Version", ProgramVersion.text))
    for (name, text) in lines {
      StandardOutput.shared.write(
        Terminal.output.bold(name) + String(repeating: " ", count: 13 - name.count) + text + "\n")
    }
  }

  private func people(_ checkpoint: Checkpoint) -> String {
    let stages = Person.Stage.allCases.reversed().map { stage in
      "\(grouped(checkpoint.stages[Int(stage.rawValue)])) \(stage.name)\(checkpoint.stages[Int(stage.rawValue)] == 1 ? "" : "s")"
    }
    return "\(grouped(checkpoint.people)): " + stages.joined(separator: ", ")
  }

  private func writeJSON(_ status: Status) {
    var writer = JSONWriter()
    writer.beginObject()
    writer.key("events")
    writer.value(status.log.last)
    writer.key("last_position")
    writer.value(status.log.last)
    writer.key("log_bytes")
    writer.value(status.log.fileBytes)
    writer.key("document_bytes")
    writer.value(status.log.documentBytes)
    writer.key("quarantined")
    writer.value(status.log.rejects)
    writer.key("projections")
    writer.beginArray()
    if let projection = status.projection { write(projection, to: &writer) }
    writer.endArray()
    writer.key("program")
    writer.value(ProgramVersion.number)
    writer.key("lmdb")
    writer.value(Environment.libraryVersion)
    writer.endObject()
    writer.newline()
    StandardOutput.shared.write(writer.bytes)
  }

  private func write(_ projection: Status.Projection, to writer: inout JSONWriter) {
    writer.beginObject()
    writer.key("name")
    writer.value(ProjectionCommand.name)
    writer.key("version")
    writer.value(projection.checkpoint.version)
    writer.key("generation")
    writer.value(projection.generation)
    writer.key("position")
    writer.value(projection.checkpoint.position)
    writer.key("lag")
    writer.value(projection.lag)
    writer.key("state")
    writer.value(projection.lag == 0 ? "current" : "behind")
    writer.key("digest")
    writer.value(projection.checkpoint.digest.description)
    writer.key("bytes")
    writer.value(projection.fileBytes)
    writer.key("parked")
    writer.value(projection.parked)
    writer.key("people")
    writer.value(projection.checkpoint.people)
    writer.key("stages")
    writer.beginObject()
    for stage in Person.Stage.allCases {
      writer.key(stage.name.replacingBlanks)
      writer.value(projection.checkpoint.stages[Int(stage.rawValue)])
    }
    writer.endObject()
    writer.key("orders_without_person")
    writer.value(projection.checkpoint.ordersWithoutOwner)
    writer.key("credits_without_person")
    writer.value(projection.checkpoint.creditsWithoutOwner)
    writer.endObject()
  }
}

extension String {
  /// As a key: `repeat customer` is `repeat_customer`.
  fileprivate var replacingBlanks: String { String(map { $0 == " " ? "_" : $0 }) }
}
