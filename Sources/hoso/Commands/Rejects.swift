import ArgumentParser
import EventLog
import Events
import Expressions
import Platform

struct Rejects: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rejects", abstract: "The quarantine: what could not be taken, and why.",
    subcommands: [List.self, Show.self, Export.self, Retry.self, Drop.self])

  /// Throws unless every number is in the quarantine.
  private static func require(_ numbers: [UInt64], in platform: Platform) throws {
    for number in numbers where try platform.log.reject(number) == nil {
      throw QueryError.unknownEntity("quarantined document", "\(number)")
    }
  }

  private struct Row {
    let number: UInt64
    let reject: Reject
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List quarantined documents.")

    @OptionGroup var data: DataOptions
    @Option(help: "Only this kind, for example schema or conflict.") var kind: String?
    @Option(parsing: .unconditional, help: "How many at most.") var limit: Natural?
    @Option(help: "table, json or csv.") var format: OutputFormat = .table

    func validate() throws {
      let kinds = Reject.Kind.allCases.map(\.description)
      if let kind, !kinds.contains(kind) {
        throw ValidationError("there is no kind '\(kind)'; kinds are \(kinds.joined(separator: ", "))")
      }
    }

    func run() throws {
      let platform = try data.open(.reading)
      let fields: [Field<Row>] = [
        Field("number", "NUMBER", .count) { Value(Int($0.number)) },
        Field("kind", "KIND", .text) { .text($0.reject.kind.description) },
        Field("file", "FILE", .text) { .text($0.reject.file) },
        Field("line", "LINE", .count) { Value($0.reject.line) },
        Field("pointer", "WHERE", .text) { .text($0.reject.pointer) },
        Field("received", "RECEIVED", .time) { .instant($0.reject.received) },
        Field("reason", "REASON", .text) { .text($0.reject.reason) },
      ]
      let shown = format == .table ? fields.filter { $0.name != "received" } : fields
      var printer = RowPrinter(shown, format, zone: platform.configuration.timeZone) { _ in nil }
      var count = 0
      try platform.log.forEachReject { number, reject in
        guard count < limit?.value ?? .max else { return false }
        guard kind.map({ $0 == reject.kind.description }) ?? true else { return true }
        try printer.add(Row(number: number, reject: reject))
        count += 1
        return true
      }
      printer.finish(
        nothing: kind.map { "There is nothing of kind \($0) in the quarantine." } ?? "The quarantine is empty.")
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Show one quarantined document: why it is there and what it is.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Its number in the list.") var number: UInt64

    func run() throws {
      let platform = try data.open(.reading)
      guard let reject = try platform.log.reject(number) else {
        throw QueryError.unknownEntity("quarantined document", "\(number)")
      }
      let times = TimeFormatter(zone: platform.configuration.timeZone)
      let pointer = reject.pointer.isEmpty ? "" : " at \(reject.pointer)"
      StandardError.write("\(reject.kind)\(pointer): \(reject.reason)\n")
      StandardError.write(
        "\(reject.file):\(reject.line), received \(times.minute(reject.received.microseconds)), read as \(reject.input)\(reject.isTruncated ? ", cut" : "")\n"
      )
      let isForReader = Terminal.output.isInteractive
      StandardOutput.shared.write(
        isForReader ? Array(String(decoding: reject.original, as: UTF8.self).printable.utf8) : reject.original)
      StandardOutput.shared.write("\n")
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Print the quarantined documents as they were offered, one after the other.")

    @OptionGroup var data: DataOptions

    func run() throws {
      try data.open(.reading).log.forEachReject { _, reject in
        StandardOutput.shared.write(reject.original)
        StandardOutput.shared.write("\n")
        try StandardOutput.shared.check()
        return true
      }
    }
  }

  struct Retry: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "retry",
      abstract: "Offer quarantined documents again, under today's schemas, configuration and mappings.",
      discussion: """
        What a channel sent is read by its mapping of today, and keeps the time at which it was received. What a mapping file read
        (ingest --map) needs that file again.
        """)

    @OptionGroup var data: DataOptions
    @Option(help: "The mapping file of what was read with ingest --map.") var map: String?
    @Argument(help: "Numbers of the list; all when none is given.") var numbers: [UInt64] = []

    func run() throws {
      let platform = try data.open(.writing)
      try Rejects.require(numbers, in: platform)
      let result = try platform.retryRejects(numbers.isEmpty ? nil : Set(numbers), mapping: map)
      try Project.catchUp(platform)
      StandardOutput.shared.write(
        "\(grouped(result.accepted)) accepted, \(grouped(result.duplicates)) duplicates, \(grouped(result.stillRejected.count)) still quarantined\n"
      )
      for (number, reason) in result.stillRejected.prefix(Self.reasonsShown) {
        StandardError.write("\(number): \(reason)\n")
      }
      if result.stillRejected.count > Self.reasonsShown {
        StandardError.write("and \(grouped(result.stillRejected.count - Self.reasonsShown)) more\n")
      }
      if !result.stillRejected.isEmpty { throw ExitStatus.doneWithProblems }
    }

    private static let reasonsShown = 20
  }

  struct Drop: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "drop", abstract: "Delete quarantined documents for good.")

    @OptionGroup var data: DataOptions
    @Argument(help: "Numbers of the list.") var numbers: [UInt64] = []
    @Flag(help: "Delete all of them.") var all = false

    func validate() throws {
      if numbers.isEmpty != all { throw ValidationError("name the numbers to drop, or --all") }
    }

    func run() throws {
      let platform = try data.open(.writing)
      try Rejects.require(numbers, in: platform)
      var chosen = numbers
      if all {
        try platform.log.forEachReject { number, _ in
          chosen.append(number)
          return true
        }
      }
      StandardOutput.shared.write("\(grouped(try platform.dropRejects(chosen))) dropped\n")
    }
  }
}
