import ArgumentParser
import EventLog
import Events
import Glibc
import Hashing
import JSON
import Platform

struct Log: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "The append-only log of events.",
    subcommands: [
      Info.self, Read.self, Tail.self, Verify.self, Export.self, Backup.self, Restore.self,
      Repair.self,
    ])

  enum Format: String, ExpressibleByArgument, CaseIterable { case table, json }

  struct Info: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "info", abstract: "Show figures and the digest of the log.")

    @OptionGroup var data: DataOptions
    @Option(help: "table or json.") var format: Format = .table

    func run() throws {
      let log = try data.open(.reading).log
      let info = try log.info()
      let digest = try log.digest()
      var rows: [(key: String, label: String, text: String, value: UInt64?)] = []
      rows.append(("events", "Events", grouped(info.last), info.last))
      rows.append(("last_position", "Last position", grouped(info.last), info.last))
      rows.append(
        (
          "blocks", "Sealed blocks", "\(grouped(info.blocks)), up to position \(grouped(info.sealed))",
          UInt64(info.blocks)
        ))
      rows.append(("sealed_position", "Unsealed", "\(grouped(info.last - info.sealed)) events", info.sealed))
      rows.append(("document_bytes", "As NDJSON", formattedBytes(info.documentBytes), info.documentBytes))
      rows.append(("log_bytes", "File", formattedBytes(info.fileBytes), UInt64(info.fileBytes)))
      if format == .table {
        for row in rows where row.key != "last_position" { printLine(row.label, row.text) }
        printLine("Created", info.created.rfc3339)
        printLine("Digest", digest.description)
        return
      }
      var writer = JSONWriter()
      writer.beginObject()
      for row in rows {
        writer.key(row.key)
        writer.value(row.value ?? 0)
      }
      writer.key("created")
      writer.value(info.created.rfc3339)
      writer.key("digest")
      writer.value(digest.description)
      writer.endObject()
      writer.newline()
      StandardOutput.shared.write(writer.bytes)
    }

    private func printLine(_ label: String, _ text: String) {
      StandardOutput.shared.write(label + String(repeating: " ", count: 15 - label.count) + text + "\n")
    }
  }

  struct Read: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "read", abstract: "Print events as NDJSON, each with its position and when it was received.")

    @OptionGroup var data: DataOptions
    @OptionGroup var selection: EventSelection

    func run() throws {
      let platform = try data.open(.reading)
      let filter = try selection.filter(platform.configuration)
      try filter.forEach(in: platform.log) { event in
        StandardOutput.shared.write(
          Array("{\"position\":\(event.position),\"received\":\"\(event.received.rfc3339)\",".utf8))
        StandardOutput.shared.write(event.document.dropFirst())
        StandardOutput.shared.write("\n")
        try StandardOutput.shared.check()
      }
    }
  }

  struct Tail: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "tail", abstract: "Print the newest events.")

    @OptionGroup var data: DataOptions
    @OptionGroup var selection: EventSelection
    @Option(name: [.customShort("n"), .customLong("lines")], parsing: .unconditional, help: "How many.")
    var lines = Natural(10)

    func run() throws {
      let platform = try data.open(.reading)
      let positions = try newest(platform)
      guard !positions.isEmpty else { return StandardError.write("There are no such events.\n") }
      let formatter = TimeFormatter(zone: platform.configuration.timeZone)
      var table = Table([("POSITION", .right), ("WHEN", .left), ("WHAT", .left), ("SOURCE", .left), ("", .left)])
      for entry in try TimelineReader(platform.log).entries(positions).sorted(by: { $0.position < $1.position }) {
        table.add([
          grouped(entry.position), formatter.minute(entry.time.microseconds), entry.type, entry.source, entry.summary,
        ])
      }
      StandardOutput.shared.write(table.rendered(on: .output))
    }

    /// The positions of the newest events that are wanted.
    private func newest(_ platform: Platform) throws -> [Position] {
      let filter = try selection.filter(platform.configuration)
      guard lines.value > 0 else { return [] }
      if filter.isEveryEvent {
        let last = try platform.log.info().last
        return last == 0 ? [] : Array((last - min(last - 1, UInt64(lines.value) - 1))...last)
      }
      var positions: [Position] = []
      try filter.forEach(in: platform.log) { event in
        positions.append(event.position)
        if positions.count > 2 * lines.value { positions.removeFirst(positions.count - lines.value) }
      }
      return positions.suffix(lines.value)
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export",
      abstract: "Print the stored events as NDJSON: ingested into an empty directory they give the same log.")

    @OptionGroup var data: DataOptions
    @OptionGroup var selection: EventSelection

    func run() throws {
      let platform = try data.open(.reading)
      let filter = try selection.filter(platform.configuration)
      try filter.forEach(in: platform.log) { event in
        StandardOutput.shared.write(event.document)
        StandardOutput.shared.write("\n")
        try StandardOutput.shared.check()
      }
    }
  }
}
