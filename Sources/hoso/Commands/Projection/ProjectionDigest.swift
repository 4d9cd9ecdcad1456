import ArgumentParser
import EventLog
import Expressions
import Hashing
import Platform
import Projections

extension ProjectionCommand {
  struct Digest: ReadsSuspectFiles {
    static let configuration = CommandConfiguration(
      commandName: "digest",
      abstract: "Print the digest of all rows: equal for equal sets of events, in whatever order they arrived.",
      discussion: """
        With --verify the rows are read and the log is folded anew into a generation that is removed afterwards; both \
        digests of each projection are printed, and the exit code is 3 where they differ.
        """)

    @OptionGroup var data: DataOptions
    @Argument(help: "One projection: \(ProjectionCommand.names). Without it, the digest is over all of them.")
    var name: String?
    @Option(parsing: .unconditional, help: "The generation (default: the live one).") var generation: Natural?
    @Flag(help: "Fold the log anew and compare.") var verify = false
    @Option(help: "With --verify: table, json or csv.") var format: OutputFormat = .table

    func validate() throws { if let name { _ = try ProjectionCommand.name(name) } }

    var readsSuspectFiles: Bool { verify }

    func run() throws {
      let platform = try data.open(verify ? .writing : .reading)
      let number = try number(platform)
      if verify { try verify(number, platform) } else { try printStored(number, platform) }
    }

    func report(_ crash: Crash) throws {
      let platform = try data.open(.writing)
      // What the child was filling is of no use to anybody.
      try platform.generations.exclusively { try platform.generations.dropUnfinished() }
      let unread = ProjectionName.allCases.map { VerifiedDigest(name: $0, stored: nil, folded: nil, isRight: false) }
      StandardError.write("The check did not come to its end: \(crash).\n")
      try report(unread, number(platform), platform)
    }

    private func number(_ platform: Platform) throws -> Int {
      guard let number = try generation?.value ?? platform.generations.liveNumber() else {
        throw QueryError.noReadModels
      }
      return number
    }

    private func printStored(_ number: Int, _ platform: Platform) throws {
      let generation = try platform.generations.openGeneration(number)
      defer { generation.close() }
      let checkpoint = try generation.checkpoint()
      guard let name = try name.map({ try ProjectionCommand.name($0) }) else {
        return StandardOutput.shared.write("\(checkpoint.digest)\n")
      }
      guard let digest = checkpoint.digest(of: name) else {
        throw ProjectionError.absent(table: name.rawValue, generation: number)
      }
      StandardOutput.shared.write("\(digest)\n")
    }

    private func verify(_ number: Int, _ platform: Platform) throws {
      let (line, last) = (ProgressLine("folded"), try platform.log.info().last)
      let verified = try platform.verifyDigests(ofGeneration: number) { position in
        line.update(events: Int(position), fraction: Double(position) / Double(max(1, last)))
      }
      line.finish()
      try report(verified, number, platform)
    }

    private func report(_ verified: [VerifiedDigest], _ number: Int, _ platform: Platform) throws {
      let wanted = verified.filter { name == nil || $0.name.rawValue == name }
      let zone = platform.configuration.timeZone
      var printer = RowPrinter(Self.fields(number), format, zone: zone) { _ in nil }
      for digest in wanted { try printer.add(digest) }
      printer.finish(nothing: "")
      guard wanted.allSatisfy(\.isRight) else {
        StandardError.write("Generation \(number) is not what the log gives; 'hoso rebuild' makes it anew.\n")
        throw ExitStatus.doneWithProblems
      }
    }

    private static func fields(_ number: Int) -> [Field<VerifiedDigest>] {
      [
        Field("name", "NAME", .text) { .text($0.name.rawValue) },
        Field("generation", "GENERATION", .count) { _ in Value(number) },
        Field("stored", "STORED", .text) { Value($0.stored?.description) },
        Field("folded", "FOLDED ANEW", .text) { Value($0.folded?.description) },
        Field("ok", "RIGHT", .flag) { .bool($0.isRight) },
      ]
    }
  }
}
