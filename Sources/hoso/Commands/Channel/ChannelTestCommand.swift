import ArgumentParser
import Expressions
import Hashing
import Intake
import Mappings
import Platform
import Schemas

extension ChannelCommand {
  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "test", abstract: "Show what a mapping makes of bodies, field by field, and what it did not use.",
      discussion: """
        Nothing is stored, and no data directory is needed. Each value stands beside the expression or constant that gave it;
        below the events stand the fields of the body that no expression asked for.
        """)

    @OptionGroup var data: DataOptions
    @Argument(help: "The name of a channel, or the path of a mapping file.") var channel: String
    @Argument(help: "Files with bodies, or - for standard input (the default).") var files: [String] = []
    @Option(help: "table, or json: the events alone, one a line.") var format: IngestCommand.Format = .table

    func run() throws {
      let mapping = try ChannelWord(word: channel).mapping(in: try ChannelCommand.channels(data))
      guard mapping.input == .json else {
        throw UsageError(
          "\(channel) maps rows; 'hoso ingest --input csv --map FILE --dry-run' shows what it makes of them")
      }
      let configuration = try Platform.configuration(of: data.directory)
      let rules = IntakeRules(
        catalogue: try ShopSchemas(data.directory).catalogue(), identifiers: configuration.identifiers,
        now: Platform.now)
      let page = TrialPage(Terminal.output)
      var isFine = true
      for file in files.isEmpty ? ["-"] : files {
        try BodyTrials(mapping: mapping, rules: rules).forEach(in: file) { trial, refused in
          let failures = trial.body.outcomes.compactMap(\.refusal)
          isFine = isFine && failures.isEmpty && refused.isEmpty
          switch format {
          case .table: StandardOutput.shared.write(page.text(of: trial, refused))
          case .json:
            writeEvents(trial)
            for reason in failures + refused {
              StandardError.write("\(file):\(trial.body.origin.lines.lowerBound): \(reason)\n")
            }
          }
          try StandardOutput.shared.check()
        }
      }
      if !isFine { throw ExitStatus.doneWithProblems }
    }

    private func writeEvents(_ trial: MappingRun.BodyTrial) {
      for event in trial.body.outcomes.flatMap(\.events) {
        StandardOutput.shared.write(Array(event.json))
        StandardOutput.shared.write("\n")
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check", abstract: "Check mappings and run the examples that lie beside them.",
      discussion: """
        The examples of NAME.yaml lie in NAME.examples.ndjson, one a line: {"why": "...", "body": ..., "events": [...]}, or with
        "skipped" and the reason, or with "refused" and a part of the reason, in place of the events. They are tried for a shop
        in Asia/Ho_Chi_Minh whose currency is VND.
        """)

    @OptionGroup var data: DataOptions
    @Argument(help: "Names of channels or paths of mapping files; all channels when none is given.")
    var channels: [String] = []

    func run() throws {
      let known = ShopChannels(data.directory, try Self.exampleConfiguration())
      let words = channels.isEmpty ? try known.list().map(\.name) : channels
      let catalogue = try ShopSchemas(data.directory).catalogue()
      var isFine = true
      for word in words.map(ChannelWord.init) {
        do {
          let mapping = try word.mapping(in: known)
          isFine = try check(mapping, word, known, catalogue) && isFine
        } catch let error as MappingFileError {
          StandardError.write("\(error)\n")
          StandardOutput.shared.write("\(word.word): the mapping has mistakes\n")
          isFine = false
        }
      }
      if !isFine { throw ExitStatus.doneWithProblems }
    }

    private func check(
      _ mapping: Mapping, _ word: ChannelWord, _ known: ShopChannels, _ catalogue: SchemaCatalogue
    ) throws -> Bool {
      let unknown = mapping.eventTypes.filter { catalogue.versions(of: $0).isEmpty && !$0.hasPrefix("custom.") }
      for type in unknown {
        let suggestion = nearestName(to: type, in: catalogue.list.map(\.type)).map { "; did you mean '\($0)'?" } ?? ""
        StandardError.write("\(word.word): there is no event type '\(type)'\(suggestion)\n")
      }
      guard let examples = try known.examples(of: mapping.name, file: word.file) else {
        let verdict = unknown.isEmpty ? "the mapping is sound" : "the mapping has mistakes"
        StandardOutput.shared.write("\(word.word): \(verdict); there are no examples\n")
        return unknown.isEmpty
      }
      let (count, failures) = ChannelExamples(mapping, file: examples.file, hash: hexadecimalDigest).check(
        examples.text)
      let problems = ExampleEvents.problems(examples.text, file: examples.file, catalogue, Platform.now)
      for message in failures.map(\.description) + problems.map(\.message) { StandardError.write(message + "\n") }
      let wrong = Set(failures.map(\.line) + problems.map(\.line)).count
      StandardOutput.shared.write(
        "\(word.word): \(counted(count, "example")), \(wrong == 0 ? "all as expected" : "\(wrong) wrong")\n")
      return unknown.isEmpty && wrong == 0
    }

    private static func exampleConfiguration() throws -> Configuration {
      var configuration = try Configuration.standard()
      let shop = try ChannelExamples.shop()
      (configuration.timeZone, configuration.baseCurrency) = (shop.zone, shop.currency)
      return configuration
    }
  }
}
